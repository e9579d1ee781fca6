namespace LocalAI.Pipeline.ChatTemplates.Conversations;

/// <summary>Short ways to build and read messages as template values.</summary>
internal static class Conversation
{
    public static DictValue Dict(params ReadOnlySpan<(string Name, object Value)> entries)
    {
        DictValue dict = new();
        foreach ((string name, object value) in entries) dict.Entries[name] = value;
        return dict;
    }

    public static DictValue Message(string role, object content) => Dict(("role", role), ("content", content));

    public static ListValue Parts(string text) => new([Dict(("type", "text"), ("text", text))]);

    public static object? Get(this DictValue dict, string name) => dict.TryGet(name, out object value) ? value : null;

    public static bool HasRole(this DictValue message, string role) => message.Get("role") is string actual && actual == role;

    /// <summary>Null where the content has parts that are no text.</summary>
    public static string? TextOf(object? content)
    {
        if (content is string text) return text;
        if (content is null or NoneValue) return "";
        if (content is not ListValue parts) return null;
        StringBuilder all = new();
        foreach (object part in parts.Items)
        {
            if (part is DictValue dict && dict.Get("text") is string piece) all.Append(piece);
            else if (part is string plain) all.Append(plain);
            else return null;
        }

        return all.ToString();
    }

    public static string Json(RenderState s, object value) => JsonText.Of(s, value, JsonTextOptions.Default);

    /// <summary>A state for work outside a template, with the default bounds.</summary>
    public static RenderState Scratch(CancellationToken cancellation = default) =>
        new(ChatTemplateLimits.Default, [], new Frame(null, 0), cancellation);
}
