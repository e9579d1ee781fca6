using System.Text.Json;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Ollama.Reading;

/// <summary>Reads <c>/api/chat</c> strictly: each parameter is honoured, known to make no difference, or refused by name.</summary>
internal static class OllamaChatReader
{
    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static OllamaRequest Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        var model = ModelNameReader.Read(fields);
        var media = new MediaList();
        var messages = OllamaMessageReader.Read(fields, media);
        var tools = ToolReader.Read(fields);
        var options = OllamaOptionsReader.Read(fields);
        var (effort, arguments) = ThinkReader.Read(fields);
        var draft = TextGenerations.Draft(Lane.Interactive, options.Sampling) with
        {
            Messages = messages,
            ContinueFinalMessage = messages is [.., { Role: ChatRole.Assistant, ToolCalls: null }],
            Tools = tools.Tools,
            ToolChoice = tools.Choice,
            ReasoningEffort = effort,
            TemplateArguments = arguments,
        };
        return OllamaCommonFields.Finish(fields, options, new OllamaRequest { Model = model, IsChat = true, IsLoad = messages.Count == 0, Media = media, Draft = draft });
    }
}
