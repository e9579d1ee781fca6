namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>How tags begin and end, and what whitespace goes with them.</summary>
internal static class TagGrammar
{
    /// <summary>After the end of a tag: '-' takes all whitespace, '+' none, else one newline where trimmed.</summary>
    public static int AfterEnd(string text, int end, char sign, bool trimNewline)
    {
        if (sign == '-') return SkipSpace(text, end);
        bool newline = trimNewline && sign != '+' && end < text.Length && text[end] == '\n';
        return newline ? end + 1 : end;
    }

    /// <summary>Where the raw text starts, if the block that opened is <c>raw</c>.</summary>
    public static int? MatchRawBegin(string text, int at)
    {
        at = SkipSpace(text, at);
        if (string.CompareOrdinal(text, at, "raw", 0, 3) != 0) return null;
        at = SkipSpace(text, at + 3);
        if (string.CompareOrdinal(text, at, "-%}", 0, 3) == 0) return SkipSpace(text, at + 3);
        return string.CompareOrdinal(text, at, "%}", 0, 2) == 0 ? at + 2 : null;
    }

    public static (int Start, int End, char OpenSign, char CloseSign)? FindRawEnd(string text, int from)
    {
        for (int start = from; (start = text.IndexOf("{%", start, StringComparison.Ordinal)) >= 0; start++)
        {
            int at = start + 2;
            char open = at < text.Length && text[at] is '-' or '+' ? text[at++] : '\0';
            at = SkipSpace(text, at);
            if (string.CompareOrdinal(text, at, "endraw", 0, 6) != 0) continue;
            at = SkipSpace(text, at + 6);
            char close = at < text.Length && text[at] is '-' or '+' ? text[at++] : '\0';
            if (string.CompareOrdinal(text, at, "%}", 0, 2) == 0) return (start, at + 2, open, close);
        }

        return null;
    }

    public static string TrimEnd(string text)
    {
        int end = text.Length;
        while (end > 0 && CodePoints.IsSpace(text[end - 1])) end--;
        return text[..end];
    }

    public static bool IsBlank(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
            if (!CodePoints.IsSpace(c)) return false;
        return text.Length > 0;
    }

    public static int SkipSpace(string text, int at)
    {
        while (at < text.Length && CodePoints.IsSpace(text[at])) at++;
        return at;
    }
}
