using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.ChatTemplates.Conversations;

/// <summary>Changes a conversation into what a template knows. The messages are this render's own copies.</summary>
internal sealed class ConversationAdapter(ChatTemplateTraits traits, RenderState s)
{
    /// <summary>Gives the tools that the template shall get: none when it cannot show them itself.</summary>
    public object Adapt(ListValue messages, object tools)
    {
        List<DictValue> all = [.. messages.Items.OfType<DictValue>()];
        foreach (DictValue message in all) Arguments(message);
        if (!traits.SupportsToolCalls) foreach (DictValue message in all) CallsToText(message);
        if (tools is ListValue { Items.Count: > 0 } list && !traits.SupportsTools)
        {
            ToolsToSystem(messages, list);
            tools = NoneValue.Instance;
        }

        if (tools is ListValue && traits.ToolsNeedSystemMessage && !all.Exists(message => message.HasRole("system")))
            messages.Items.Insert(0, Conversation.Message("system", ""));
        if (!traits.SupportsSystemRole) SystemToUser(messages);
        foreach (DictValue message in messages.Items.OfType<DictValue>()) Content(message);
        return tools;
    }

    private void Arguments(DictValue message)
    {
        if (message.Get("tool_calls") is not ListValue calls) return;
        foreach (DictValue call in calls.Items.OfType<DictValue>())
        {
            DictValue function = call.Get("function") as DictValue ?? call;
            object? arguments = function.Get("arguments");
            if (traits.RequiresStringArguments && arguments is DictValue)
                function.Entries["arguments"] = Conversation.Json(s, arguments);
            else if (traits.RequiresObjectArguments && arguments is string text && Parse(text) is { } parsed)
                function.Entries["arguments"] = parsed;
        }
    }

    /// <summary>Arguments that a model left malformed stay the text they are.</summary>
    private static DictValue? Parse(string arguments)
    {
        try
        {
            return JsonNode.Parse(arguments) is JsonObject parsed ? (DictValue)JsonValues.From(parsed) : null;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private void CallsToText(DictValue message)
    {
        if (message.Get("tool_calls") is ListValue { Items.Count: > 0 } calls)
        {
            ListValue plain = new([]);
            foreach (DictValue call in calls.Items.OfType<DictValue>())
            {
                DictValue function = call.Get("function") as DictValue ?? call;
                object arguments = function.Get("arguments") ?? new DictValue();
                if (arguments is string text && Parse(text) is { } parsed) arguments = parsed;
                plain.Items.Add(Conversation.Dict(("name", function.Get("name") ?? ""), ("arguments", arguments)));
            }

            string told = Conversation.Json(s, Conversation.Dict(("tool_calls", plain)));
            string before = Conversation.TextOf(message.Get("content")) ?? "";
            message.Entries["content"] = before.Length > 0 ? before + "\n" + told : told;
            message.Entries.Remove("tool_calls");
        }
        else if (message.HasRole("tool"))
        {
            DictValue result = Conversation.Dict(("content", Conversation.TextOf(message.Get("content")) ?? ""));
            if (message.Get("name") is string name) result.Entries.Insert(0, "name", name);
            message.Entries["role"] = "user";
            message.Entries["content"] = Conversation.Json(s, Conversation.Dict(("tool_response", result)));
        }
    }

    private void ToolsToSystem(ListValue messages, ListValue tools)
    {
        StringBuilder text = new("You can call these tools:\n");
        foreach (object tool in tools.Items) text.Append(Conversation.Json(s, tool)).Append('\n');
        text.Append("To call tools, answer with nothing but JSON in this form:\n")
            .Append("""{"tool_calls": [{"name": "<name of the tool>", "arguments": {<its arguments>}}]}""");
        if (messages.Items.FirstOrDefault() is DictValue first && first.HasRole("system"))
            first.Entries["content"] = (Conversation.TextOf(first.Get("content")) ?? "") + "\n\n" + text;
        else
            messages.Items.Insert(0, Conversation.Message("system", text.ToString()));
    }

    private static void SystemToUser(ListValue messages)
    {
        List<string> texts = [];
        foreach (object item in messages.Items)
            if (item is DictValue message && message.HasRole("system")) texts.Add(Conversation.TextOf(message.Get("content")) ?? "");
        if (texts.Count == 0) return;
        messages.Items.RemoveAll(item => item is DictValue message && message.HasRole("system"));
        string system = string.Join("\n\n", texts);
        DictValue? user = messages.Items.OfType<DictValue>().FirstOrDefault(message => message.HasRole("user"));
        if (user is null) messages.Items.Insert(0, Conversation.Message("user", system));
        else if (user.Get("content") is ListValue parts) parts.Items.Insert(0, Conversation.Parts(system + "\n\n").Items[0]);
        else user.Entries["content"] = system + "\n\n" + (user.Get("content") as string ?? "");
    }

    private void Content(DictValue message)
    {
        object? content = message.Get("content");
        if (traits.RequiresContent && content is null or NoneValue) message.Entries["content"] = content = "";
        if (traits.RequiresContentParts && content is string text)
            message.Entries["content"] = Conversation.Parts(text);
        else if (!traits.SupportsContentParts && content is ListValue && Conversation.TextOf(content) is { } joined)
            message.Entries["content"] = joined;
    }
}
