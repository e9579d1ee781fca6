namespace LocalAI.Pipeline.ChatTemplates.Methods;

/// <summary>strip and its family.</summary>
internal static class StringTrimming
{
    public static string Strip(RenderState s, string text, Arguments arguments, bool start, bool end)
    {
        object? set = arguments.Bind(s, "strip", 0, "chars")[0];
        s.ChargeText(text.Length);
        return set switch
        {
            null or NoneValue => Strip(text, CodePoints.IsSpace, start, end),
            string characters => Strip(text, c => characters.Contains(c, StringComparison.Ordinal), start, end),
            _ => throw s.Error($"strip needs a string, not {TypeNames.Of(set)}"),
        };
    }

    public static string Strip(string text, Func<char, bool> goes, bool start, bool end)
    {
        int from = 0, to = text.Length;
        while (start && from < to && goes(text[from])) from++;
        while (end && to > from && goes(text[to - 1])) to--;
        return text[from..to];
    }

    public static object RemovePrefix(RenderState s, object x, Arguments arguments)
    {
        string text = (string)x, prefix = Argument.Text(s, arguments.Exactly(s, "removeprefix", 1)[0], "removeprefix");
        s.ChargeText(text.Length);
        return text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
    }

    public static object RemoveSuffix(RenderState s, object x, Arguments arguments)
    {
        string text = (string)x, suffix = Argument.Text(s, arguments.Exactly(s, "removesuffix", 1)[0], "removesuffix");
        s.ChargeText(text.Length);
        return text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text;
    }
}
