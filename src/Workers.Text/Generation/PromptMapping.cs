using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting.Processes;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>What the model reads: a conversation for its own template, or a prompt as it is.</summary>
internal static class PromptMapping
{
    public static async Task FillAsync(PredictOptions request, GenerateText command, ModelDefinition model, BackendLease lease, CancellationToken cancellationToken)
    {
        if (command.Messages is { } messages)
        {
            MediaMapping.Fill(request, messages);
            var marker = request.Images.Count + request.Audios.Count + request.Videos.Count > 0 ? (await BackendTraits.OfAsync(lease.Client, cancellationToken)).MediaMarker : "";
            FillChat(request, command, messages, model, marker, cancellationToken);
        }
        else if (command.Suffix is { } suffix)
        {
            request.Infill = await InfillMapping.CreateAsync(command, suffix, model, lease, cancellationToken);
        }
        else if (command.PromptTokens is { } tokens)
        {
            // The text is for backends that do not know the field.
            request.PromptTokens.AddRange(tokens);
            var text = new DetokenizeRequest();
            text.Tokens.AddRange(tokens);
            request.Prompt = (await lease.Client.DetokenizeAsync(text, cancellationToken)).Content;
        }
        else
        {
            request.Prompt = command.Prompt ?? "";
        }
    }

    private static void FillChat(PredictOptions request, GenerateText command, IReadOnlyList<ChatMessage> messages, ModelDefinition model, string mediaMarker, CancellationToken cancellationToken)
    {
        if (GoPrompts.TemplatesOf(model) is { } templates)
        {
            request.Prompt = GoPrompts.Render(templates, command, model, mediaMarker, cancellationToken);
            return;
        }

        request.UseTokenizerTemplate = true;
        if (model.SystemPrompt is { } system && messages.All(message => message.Role != ChatRole.System))
        {
            request.Messages.Add(new Message { Role = "system", Content = system });
        }

        request.Messages.AddRange(messages.Select(message => ToProtocol(message)));
        if (command.Tools is { Count: > 0 } tools && command.ToolChoice?.Mode != ToolChoiceMode.None)
        {
            request.Tools = ToolJson.Definitions(tools, command.ToolChoice?.Allowed);
        }

        if (TemplateArguments.Merge(model, command) is { } arguments)
        {
            request.Metadata["chat_template_kwargs"] = arguments;
        }

        if (command.ContinueFinalMessage)
        {
            request.Metadata["continue_final_message"] = "true";
        }
    }

    public static string RoleOf(ChatRole role) => role switch
    {
        ChatRole.System => "system",
        ChatRole.Assistant => "assistant",
        ChatRole.Tool => "tool",
        _ => "user",
    };

    private static Message ToProtocol(ChatMessage message)
    {
        var told = new Message
        {
            Role = RoleOf(message.Role),
            Content = message.Content,
            Name = message.Name ?? "",
            ToolCallId = message.ToolCallId ?? "",
            ReasoningContent = message.Reasoning ?? "",
            ToolCalls = message.ToolCalls is { Count: > 0 } calls ? ToolJson.Calls(calls) : "",
        };
        MediaMapping.Count(told, message.Media);
        return told;
    }
}
