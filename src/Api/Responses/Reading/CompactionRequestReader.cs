using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary>What is to be compacted: <c>input</c>, <c>previous_response_id</c>, or both.</summary>
internal static class CompactionRequestReader
{
    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static CompactionRequest Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        foreach (var name in (string[])["tools", "tool_choice", "parallel_tool_calls", "text", "text_format", "reasoning", "truncation", "conversation"])
        {
            if (fields.Peek(name) is not null)
            {
                throw RequestErrors.Unknown(name);
            }
        }

        var request = new CompactionRequest(PromptReader.Read(fields), ServiceTierReader.Read(fields));
        _ = PassiveSettingsReader.Read(fields);
        fields.RefuseOthers();
        return request;
    }
}
