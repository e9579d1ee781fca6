using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using LocalAI.Pipeline.ChatTemplates;
using LocalAI.Pipeline.ChatTemplates.GoTemplates;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>Prompts of chats by the templates of a model's own file, in LocalAI's Go language.</summary>
internal static class GoPrompts
{
    private static readonly ConditionalWeakTable<TemplateSettings, GoChatTemplate> Parsed = [];

    /// <summary>Null where the backend uses the template in the model: the file says so, or has none for chats.</summary>
    /// <exception cref="JobFailedException">A template is none.</exception>
    public static GoChatTemplate? TemplatesOf(ModelDefinition model) =>
        model.Templates.UseTokenizerTemplate || (model.Templates.Chat ?? model.Templates.ChatMessage ?? model.Templates.Function) is null
            ? null
            : Parsed.GetValue(model.Templates, templates => new GoChatTemplate(
                Parse(model, "template.chat", templates.Chat),
                Parse(model, "template.chat_message", templates.ChatMessage),
                Parse(model, "template.function", templates.Function),
                templates.JoinChatMessagesByCharacter));

    /// <exception cref="JobFailedException">A template failed, or refuses the conversation.</exception>
    public static string Render(GoChatTemplate templates, GenerateText command, ModelDefinition model, string mediaMarker, CancellationToken cancellationToken)
    {
        var canCall = command.ToolChoice?.Mode != ToolChoiceMode.None;
        try
        {
            return templates.Render(new GoChatInput
            {
                Messages = [.. command.Messages!.Select(message => MessageOf(message, MediaMapping.Marked(message, model, mediaMarker)))],
                Roles = model.Roles,
                SystemPrompt = model.SystemPrompt ?? "",
                Functions = canCall && command.Tools is { Count: > 0 } tools ? Functions(tools, command.ToolChoice?.Allowed) : null,
                HasGrammar = (canCall && command.Tools is { Count: > 0 }) || command.Output?.Kind is not (null or OutputKind.Text),
                ReasoningEffort = command.ReasoningEffort ?? model.ReasoningEffort ?? "",
                Metadata = TemplateArguments.Merge(model, command) is { } arguments ? JsonNode.Parse(arguments)!.AsObject() : null,
                ContinueFinalMessage = command.ContinueFinalMessage,
            }, cancellationToken);
        }
        catch (ChatTemplateException exception) when (exception.IsRaised)
        {
            throw new JobFailedException(FailureCode.TemplateRefused, exception.Message, exception);
        }
        catch (ChatTemplateException exception)
        {
            throw new JobFailedException(FailureCode.ModelBroken, $"{model.Source}: a template of template.* failed in its line {exception.Line}: {exception.Message}", exception);
        }
    }

    private static GoTemplate? Parse(ModelDefinition model, string key, string? source)
    {
        if (source is null)
        {
            return null;
        }

        if (!source.Contains("{{", StringComparison.Ordinal))
        {
            // LocalAI takes the name of a .tmpl file here.
            throw new JobFailedException(FailureCode.ModelBroken, $"{model.Source}: {key} has no placeholder: write the template itself there.");
        }

        try
        {
            return GoTemplate.Parse(source);
        }
        catch (ChatTemplateException exception)
        {
            throw new JobFailedException(FailureCode.ModelBroken, $"{model.Source}: {key}, line {exception.Line}: {exception.Message}", exception);
        }
    }

    private static GoChatMessage MessageOf(ChatMessage message, string content) => new()
    {
        Role = PromptMapping.RoleOf(message.Role),
        Content = content,
        Name = message.Name ?? "",
        Calls = message.ToolCalls is { Count: > 0 } calls ? CallsOf(calls) : null,
    };

    // As Go writes LocalAI's type.
    private static JsonArray CallsOf(IReadOnlyList<ToolCall> calls) => new([.. calls.Select((call, index) => new JsonObject
    {
        ["index"] = index,
        ["id"] = call.Id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
    })]);

    private static JsonArray Functions(IReadOnlyList<ToolDefinition> tools, IReadOnlyList<string>? allowed) =>
        new([.. tools.Where(tool => allowed is null || allowed.Contains(tool.Name)).Select(tool => new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description ?? "",
            ["strict"] = tool.Strict,
            ["parameters"] = tool.Parameters is { } parameters ? JsonNode.Parse(parameters) : new JsonObject(),
        })]);
}
