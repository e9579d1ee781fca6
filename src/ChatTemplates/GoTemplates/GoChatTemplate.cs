using System.Text.Encodings.Web;
using System.Text.Json;

namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>
/// A chat in LocalAI's templates: each message by <c>chat_message</c>, or by its role and content where there is none; all of them,
/// joined, as <c>.Input</c> of <c>chat</c>, or of <c>function</c> where functions may be called. Immutable.
/// </summary>
public sealed class GoChatTemplate(GoTemplate? chat, GoTemplate? message, GoTemplate? function, string? separator)
{
    // Plain letters that no content has.
    private const string EndMark = "CONTINUES-HERE-7C21B94E";
    private const string CallRole = "assistant_function_call";

    private static readonly JsonSerializerOptions AsGo = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All the text of the templates, for what it tells of the model.</summary>
    public string Source { get; } = string.Concat(chat?.Source, message?.Source, function?.Source);

    /// <summary>The prompt.</summary>
    /// <exception cref="ChatTemplateException">A template failed or breached a limit, or the last message cannot be continued.</exception>
    public string Render(GoChatInput input, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var messages = input.ContinueFinalMessage ? [.. input.Messages.SkipLast(1), Marked(input.Messages)] : input.Messages;
        var texts = new List<string>(messages.Count);
        var hasSystemText = false;
        for (var index = 0; index < messages.Count; index++)
        {
            var one = messages[index];
            var role = one is { Calls: not null, Role: "assistant" } && input.Roles.GetValueOrDefault(CallRole) is { Length: > 0 } ? CallRole : one.Role;
            var shown = input.Roles.GetValueOrDefault(role, "");
            if (message is not null)
            {
                // A message that the template shows as nothing is left out.
                AddTo(texts, message.Render(ForMessage(input, one, role, shown, index, index == messages.Count - 1), cancellation));
                continue;
            }

            texts.Add(Plain(one, shown));
            hasSystemText |= role == "system" && one.Content.Length > 0;
        }

        var text = string.Join(separator ?? "\n", texts);
        var whole = function is not null && input.Functions is { Count: > 0 } ? function : chat;
        var prompt = whole is null ? text : whole.Render(ForChat(input, text, hasSystemText), cancellation);
        return input.ContinueFinalMessage ? Cut(prompt) : prompt;
    }

    private static void AddTo(List<string> texts, string text)
    {
        if (text.Length > 0)
        {
            texts.Add(text);
        }
    }

    private static GoTemplateInput ForMessage(GoChatInput input, GoChatMessage one, string role, string shown, int index, bool isLast) => new()
    {
        SystemPrompt = input.SystemPrompt,
        Role = shown,
        RoleName = role,
        Content = one.Content,
        FunctionCall = one.Calls,
        FunctionName = one.Name,
        Function = input.HasGrammar && isLast,
        LastMessage = isLast,
        MessageIndex = index,
    };

    private static GoTemplateInput ForChat(GoChatInput input, string text, bool hasSystemText) => new()
    {
        Input = text,
        SystemPrompt = input.SystemPrompt,
        SuppressSystemPrompt = hasSystemText,
        Functions = input.Functions,
        ReasoningEffort = input.ReasoningEffort,
        Metadata = input.Metadata,
    };

    private static string Plain(GoChatMessage one, string shown)
    {
        var text = one.Content.Length > 0 ? shown + one.Content : "";
        if (one.Calls is not { } calls)
        {
            return text;
        }

        var json = shown.Length > 0 ? $"{shown} {calls.ToJsonString(AsGo)}" : calls.ToJsonString(AsGo);
        return text.Length > 0 ? $"{text}\n{json}" : json;
    }

    private static GoChatMessage Marked(IReadOnlyList<GoChatMessage> messages) => messages.Count > 0
        ? messages[^1] with { Content = messages[^1].Content + EndMark }
        : throw new ChatTemplateException("there is no final message to continue", default, isRaised: true);

    private static string Cut(string prompt)
    {
        var at = prompt.LastIndexOf(EndMark, StringComparison.Ordinal);
        return at >= 0 ? prompt[..at] : throw new ChatTemplateException("the templates do not show the final message, so it cannot be continued", default, isRaised: true);
    }
}
