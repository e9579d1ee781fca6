namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's repr of a string: its choice of quotes and its escapes.</summary>
internal static class StringRepresentation
{
    public static void Append(StringBuilder output, string text)
    {
        bool single = text.Contains('\'', StringComparison.Ordinal);
        bool two = text.Contains('"', StringComparison.Ordinal);
        char quote = single && !two ? '"' : '\'';
        output.Append(quote);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == quote || c == '\\') output.Append('\\').Append(c);
            else if (c is >= ' ' and < '\x7f') output.Append(c);
            else if (Escape(c) is { } escape) output.Append(escape);
            else i += AppendOther(output, text, i) - 1;
        }

        output.Append(quote);
    }

    private static string? Escape(char c) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => null,
    };

    private static int AppendOther(StringBuilder output, string text, int at)
    {
        bool pair = CodePoints.IsPair(text, at);
        int code = pair ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
        int units = pair ? 2 : 1;
        if (IsPrintable(text, at)) output.Append(text, at, units);
        else if (code < 0x100) output.Append(CultureInfo.InvariantCulture, $"\\x{code:x2}");
        else if (code < 0x10000) output.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}");
        else output.Append(CultureInfo.InvariantCulture, $"\\U{code:x8}");
        return units;
    }

    private static bool IsPrintable(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, at) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
