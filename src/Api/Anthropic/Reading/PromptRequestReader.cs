using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary>Reads what decides the prompt: all of <c>count_tokens</c>, and a part of a messages request.</summary>
internal static class PromptRequestReader
{
    private const int LongestModel = 256;

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static PromptRequest ReadAlone(JsonElement root)
    {
        var fields = new FieldReader(root);
        var request = Read(fields);
        fields.RefuseOthers();
        return request;
    }

    public static PromptRequest Read(FieldReader fields)
    {
        var model = fields.Text("model", LongestModel);
        PassiveFields.Check(fields);
        var messages = ConversationReader.Read(fields);
        var (tools, choice) = ToolsReader.Read(fields);
        var (format, effort) = OutputConfigReader.Read(fields);
        return new PromptRequest
        {
            Model = model is { Length: 0 } ? throw RequestErrors.WrongValue("model", "is empty.") : model,
            Messages = messages,
            Tools = tools,
            ToolChoice = choice,
            Thinking = ThinkingReader.Read(fields, effort),
            Output = format,
        };
    }
}
