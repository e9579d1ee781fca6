using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.ChatTemplates.Conversations;

/// <summary>Renders a conversation: adapts it, passes the variables, and cuts a final message that continues.</summary>
internal static class ConversationRenderer
{
    /// <summary>Plain letters that no content has; the blank shows whether the template trims the content.</summary>
    private const string EndMark = "CONTINUES-HERE-7C21B94E ";

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "messages", "tools", "documents", "add_generation_prompt", "bos_token", "eos_token", "range", "dict",
        "namespace", "joiner", "cycler", "raise_exception", "strftime_now",
    };

    public static string Render(ChatTemplate template, ChatTemplateInput input, CancellationToken cancellation)
    {
        ListValue messages = (ListValue)JsonValues.From(input.Messages);
        object tools = OrNone(input.Tools);
        ConversationAdapter adapter = new(template.Traits, Conversation.Scratch(cancellation));
        tools = adapter.Adapt(messages, tools);
        if (!input.ContinueFinalMessage)
            return template.RenderVariables(Variables(input, messages, tools, input.AddGenerationPrompt), input.Now, cancellation);

        Mark(messages);
        string text = template.RenderVariables(Variables(input, messages, tools, false), input.Now, cancellation);
        return Cut(text);
    }

    private static Dictionary<string, object> Variables(
        ChatTemplateInput input, ListValue messages, object tools, bool addGenerationPrompt)
    {
        Dictionary<string, object> variables = new(StringComparer.Ordinal)
        {
            ["messages"] = messages,
            ["tools"] = tools,
            ["documents"] = OrNone(input.Documents),
            ["add_generation_prompt"] = Box.Of(addGenerationPrompt),
            ["bos_token"] = input.BosToken,
            ["eos_token"] = input.EosToken,
        };
        foreach ((string name, JsonNode? value) in input.Arguments ?? [])
        {
            if (Reserved.Contains(name))
                throw new ChatTemplateException($"the template argument '{name}' cannot be set", default, isRaised: true);
            variables[name] = JsonValues.From(value);
        }

        return variables;
    }

    private static object OrNone(JsonArray? array) => array is { Count: > 0 } ? JsonValues.From(array) : NoneValue.Instance;

    private static void Mark(ListValue messages)
    {
        if (messages.Items.Count == 0 || messages.Items[^1] is not DictValue last)
            throw new ChatTemplateException("there is no final message to continue", default, isRaised: true);
        object? content = last.Get("content");
        if (content is ListValue parts)
        {
            if (parts.Items.OfType<DictValue>().LastOrDefault(part => part.Get("text") is string) is not { } part)
                throw new ChatTemplateException("the final message has no text to continue", default, isRaised: true);
            part.Entries["text"] = (string)part.Get("text")! + EndMark;
        }
        else
        {
            last.Entries["content"] = (content as string ?? "") + EndMark;
        }
    }

    private static string Cut(string text)
    {
        int at = text.LastIndexOf(EndMark.TrimEnd(), StringComparison.Ordinal);
        if (at < 0) throw new ChatTemplateException("the template does not show the final message, so it cannot be continued", default);
        bool kept = text.AsSpan(at).StartsWith(EndMark, StringComparison.Ordinal);
        return kept ? text[..at] : TagGrammar.TrimEnd(text[..at]);
    }
}
