namespace LocalAI.Pipeline.ChatTemplates.Filters;

/// <summary>Filters that lay a text out: indent, truncate, center, wordwrap.</summary>
internal static class LayoutFilters
{
    public static Dictionary<string, FilterBody> All { get; } = new(StringComparer.Ordinal)
    {
        ["indent"] = Indent,
        ["truncate"] = Truncate,
        ["center"] = Center,
    };

    private static string Indent(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "indent", 0, "width", "first", "blank");
        bool first = Argument.Flag(bound[1], false), blank = Argument.Flag(bound[2], false);
        string margin = bound[0] as string ?? Blanks(s, Argument.Int(s, bound[0], 4, "width"));
        string text = Argument.Text(s, x, "indent") + "\n";
        List<object> lines = ((ListValue)StringSplitting.Lines(s, text, Arguments.None)).Items;
        s.ReserveText(text.Length + (long)lines.Count * margin.Length);
        StringBuilder output = new(first ? margin : "");
        for (int i = 0; i < lines.Count; i++)
        {
            string line = (string)lines[i];
            if (i > 0) output.Append('\n');
            if (i > 0 && (blank || line.Length > 0)) output.Append(margin);
            output.Append(line);
        }

        return output.ToString();
    }

    private static string Blanks(RenderState s, int count)
    {
        s.ReserveText(count);
        return new string(' ', Math.Max(0, count));
    }

    private static object Truncate(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "truncate", 0, "length", "killwords", "end", "leeway");
        int length = Argument.Int(s, bound[0], 255, "length"), leeway = bound[3] is null or NoneValue ? 5 : Numbers.Int(s, bound[3]!, "leeway");
        string end = bound[2] is null ? "..." : Argument.Text(s, bound[2], "truncate");
        if (length < end.Length) throw s.Error($"expected length >= {end.Length}, got {length}");
        if (leeway < 0) throw s.Error("expected leeway >= 0");
        if (Iteration.Length(s, x) <= (long)length + leeway) return x;
        string text = Argument.Text(s, x, "truncate");
        string kept = text[..CodePoints.UnitOf(text, length - end.Length)];
        if (!Argument.Flag(bound[1], false) && kept.LastIndexOf(' ') is >= 0 and int blank) kept = kept[..blank];
        return s.Built(kept + end);
    }

    private static string Center(RenderState s, object x, Arguments a)
    {
        int width = Argument.Int(s, a.Bind(s, "center", 0, "width")[0], 80, "width");
        string text = Texts.Of(s, x);
        return StringPadding.Center(text, StringPadding.Missing(s, text, width), ' ');
    }
}
