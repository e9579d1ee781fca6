using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary>Reads what decides the prompt: all of <c>count_tokens</c>, and a part of a messages request.</summary>
internal static class PromptRequestReader
{
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
        var model = ModelNameReader.Read(fields);
        PassiveFields.Check(fields);
        var media = new MediaList();
        var messages = ConversationReader.Read(fields, media);
        var (tools, choice) = ToolsReader.Read(fields);
        var (format, effort) = OutputConfigReader.Read(fields);
        return new PromptRequest
        {
            Model = model,
            Messages = messages,
            Media = media,
            Tools = tools,
            ToolChoice = choice,
            Thinking = ThinkingReader.Read(fields, effort),
            Output = format,
        };
    }
}
