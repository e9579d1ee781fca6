namespace LocalAI.Pipeline.ChatTemplates.Methods;

/// <summary>split and its family.</summary>
internal static class StringSplitting
{
    public static object Split(RenderState s, string text, Arguments arguments, bool fromRight)
    {
        object?[] bound = arguments.Bind(s, "split", 0, "sep", "maxsplit");
        int most = Argument.Int(s, bound[1], -1, "maxsplit");
        s.ChargeText(text.Length * 4L);
        List<object> parts = bound[0] switch
        {
            null or NoneValue => fromRight ? BlanksFromRight(s, text, most) : Blanks(s, text, most),
            "" => throw s.Error("empty separator"),
            string separator => fromRight ? FromRight(s, text, separator, most) : FromLeft(s, text, separator, most),
            _ => throw s.Error($"split needs a string, not {TypeNames.Of(bound[0]!)}"),
        };
        return new ListValue(parts);
    }

    public static object Lines(RenderState s, object x, Arguments arguments)
    {
        bool keep = Argument.Flag(arguments.Bind(s, "splitlines", 0, "keepends")[0], false);
        string text = (string)x;
        s.ChargeText(text.Length * 4L);
        List<object> lines = [];
        for (int start = 0; start < text.Length;)
        {
            int end = start;
            while (end < text.Length && !IsLineEnd(text[end])) end++;
            int next = Math.Min(end + 1, text.Length);
            if (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n') next++;
            Add(s, lines, text[start..(keep ? next : end)]);
            start = next;
        }

        return new ListValue(lines);
    }

    public static object Partition(RenderState s, string text, Arguments arguments, bool fromRight)
    {
        string separator = Argument.Text(s, arguments.Exactly(s, "partition", 1)[0], "partition");
        if (separator.Length == 0) throw s.Error("empty separator");
        s.ChargeText(text.Length);
        int at = fromRight
            ? text.LastIndexOf(separator, StringComparison.Ordinal)
            : text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0) return fromRight ? new TupleValue("", "", text) : new TupleValue(text, "", "");
        return new TupleValue(text[..at], separator, text[(at + separator.Length)..]);
    }

    private static bool IsLineEnd(char c) =>
        c is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029';

    private static void Add(RenderState s, List<object> parts, string part)
    {
        s.ChargeItems(0);
        if (parts.Count >= s.Limits.MaxListLength) s.ChargeItems(parts.Count + 1L);
        parts.Add(part);
    }

    private static List<object> FromLeft(RenderState s, string text, string separator, int most)
    {
        List<object> parts = [];
        int start = 0;
        while (most < 0 || parts.Count < most)
        {
            int at = text.IndexOf(separator, start, StringComparison.Ordinal);
            if (at < 0) break;
            Add(s, parts, text[start..at]);
            start = at + separator.Length;
        }

        Add(s, parts, text[start..]);
        return parts;
    }

    private static List<object> FromRight(RenderState s, string text, string separator, int most)
    {
        List<object> parts = [];
        int end = text.Length;
        while (most < 0 || parts.Count < most)
        {
            int at = text.AsSpan(0, end).LastIndexOf(separator, StringComparison.Ordinal);
            if (at < 0) break;
            Add(s, parts, text[(at + separator.Length)..end]);
            end = at;
        }

        Add(s, parts, text[..end]);
        parts.Reverse();
        return parts;
    }

    private static List<object> Blanks(RenderState s, string text, int most)
    {
        List<object> parts = [];
        int at = TagGrammar.SkipSpace(text, 0);
        while (at < text.Length)
        {
            int end = at;
            while (end < text.Length && !CodePoints.IsSpace(text[end])) end++;
            if (most >= 0 && parts.Count == most)
            {
                Add(s, parts, text[at..]);
                break;
            }

            Add(s, parts, text[at..end]);
            at = TagGrammar.SkipSpace(text, end);
        }

        return parts;
    }

    private static List<object> BlanksFromRight(RenderState s, string text, int most)
    {
        List<object> parts = [];
        int end = TagGrammar.TrimEnd(text).Length;
        while (end > 0)
        {
            int start = end;
            while (start > 0 && !CodePoints.IsSpace(text[start - 1])) start--;
            if (most >= 0 && parts.Count == most)
            {
                Add(s, parts, text[..end]);
                break;
            }

            Add(s, parts, text[start..end]);
            end = start;
            while (end > 0 && CodePoints.IsSpace(text[end - 1])) end--;
        }

        parts.Reverse();
        return parts;
    }
}
