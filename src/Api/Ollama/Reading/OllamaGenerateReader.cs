using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Ollama.Reading;

/// <summary>Reads <c>/api/generate</c> strictly: each parameter is honoured, known to make no difference, or refused by name.</summary>
internal static class OllamaGenerateReader
{
    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static OllamaRequest Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        var model = ModelNameReader.Read(fields);
        var prompt = fields.Text("prompt") ?? "";
        var suffix = fields.Text("suffix") is { Length: > 0 } text ? text : null;
        var system = fields.Text("system") is { Length: > 0 } said ? said : null;
        var raw = fields.Flag("raw") ?? false;
        var media = new MediaList();
        OllamaImages.Read(fields, system is null ? 0 : 1, media);
        Refuse(fields);
        var options = OllamaOptionsReader.Read(fields);
        var (effort, arguments) = ThinkReader.Read(fields);
        var draft = TextGenerations.Draft(Lane.Interactive, options.Sampling);
        if (raw || suffix is not null)
        {
            CheckBare(system, effort, arguments, raw ? "raw" : "suffix");
            if (media.Sources.Count > 0)
            {
                throw RequestErrors.WrongValue("images", $"need the model's template, which '{(raw ? "raw" : "suffix")}' leaves out.");
            }

            draft = draft with { Prompt = prompt, Suffix = suffix };
        }
        else
        {
            draft = draft with { Messages = Messages(system, prompt), ReasoningEffort = effort, TemplateArguments = arguments };
        }

        return OllamaCommonFields.Finish(fields, options, new OllamaRequest { Model = model, IsChat = false, IsLoad = prompt.Length == 0 && suffix is null && media.Sources.Count == 0, Media = media, Draft = draft });
    }

    private static IReadOnlyList<ChatMessage> Messages(string? system, string prompt)
    {
        var user = new ChatMessage { Role = ChatRole.User, Content = prompt };
        return system is null ? [user] : [new ChatMessage { Role = ChatRole.System, Content = system }, user];
    }

    private static void CheckBare(string? system, string? effort, string? arguments, string name)
    {
        if (system is not null)
        {
            throw RequestErrors.WrongValue("system", $"needs the model's template, which '{name}' leaves out: write it into the prompt.");
        }

        if (effort is not null || arguments is not null)
        {
            throw RequestErrors.WrongValue("think", $"needs the model's template, which '{name}' leaves out.");
        }
    }

    private static void Refuse(FieldReader fields)
    {
        if (fields.Text("template") is { Length: > 0 })
        {
            throw RequestErrors.Unsupported("template", "templates of requests are never rendered; send 'raw' true with the prompt as it should be.");
        }

        if (fields.Items("context") is { Count: > 0 })
        {
            throw RequestErrors.Unsupported("context", "it is deprecated at Ollama; send the conversation to /api/chat.");
        }
    }
}
