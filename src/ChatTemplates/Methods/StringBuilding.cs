namespace LocalAI.Pipeline.ChatTemplates.Methods;

/// <summary>Methods that build a string from several.</summary>
internal static class StringBuilding
{
    public static object Join(RenderState s, object x, Arguments arguments)
    {
        string separator = (string)x;
        StringBuilder output = new();
        bool first = true;
        foreach (object item in Iteration.Items(s, arguments.Exactly(s, "join", 1)[0]))
        {
            if (!first) output.Append(separator);
            first = false;
            output.Append(Argument.Text(s, item, "join"));
            s.Charge(1);
            if (output.Length > s.Limits.MaxStringLength) s.ReserveText(output.Length);
        }

        return s.Built(output.ToString());
    }

    public static object Replace(RenderState s, object x, Arguments arguments)
    {
        object?[] bound = arguments.Bind(s, "replace", 2, "old", "new", "count");
        return Replace(s, (string)x, Argument.Text(s, bound[0], "replace"), Argument.Text(s, bound[1], "replace"),
            Argument.Int(s, bound[2], -1, "count"));
    }

    public static string Replace(RenderState s, string text, string old, string replacement, int most)
    {
        s.ChargeText(text.Length);
        if (most == 0) return text;
        if (old.Length == 0) return Interleave(s, text, replacement, most);
        StringBuilder output = new(text.Length);
        int start = 0;
        for (int done = 0; most < 0 || done < most; done++)
        {
            int at = text.IndexOf(old, start, StringComparison.Ordinal);
            if (at < 0) break;
            output.Append(text, start, at - start).Append(replacement);
            start = at + old.Length;
            if (output.Length > s.Limits.MaxStringLength) s.ReserveText(output.Length);
        }

        if (start == 0) return text;
        return s.Built(output.Append(text, start, text.Length - start).ToString());
    }

    public static object ExpandTabs(RenderState s, object x, Arguments arguments)
    {
        int size = Argument.Int(s, arguments.Bind(s, "expandtabs", 0, "tabsize")[0], 8, "tabsize");
        string text = (string)x;
        s.ReserveText(text.Length + (long)text.AsSpan().Count('\t') * Math.Max(0, size));
        StringBuilder output = new();
        int column = 0;
        foreach (char c in text)
        {
            int blanks = c != '\t' ? 0 : size > 0 ? size - column % size : 0;
            if (c == '\t') output.Append(' ', blanks);
            else output.Append(c);
            column = c is '\n' or '\r' ? 0 : column + (c == '\t' ? blanks : 1);
        }

        return output.ToString();
    }

    /// <summary>Replacing nothing puts the text before each character and at the end.</summary>
    private static string Interleave(RenderState s, string text, string replacement, int most)
    {
        s.ReserveText(text.Length + (text.Length + 1L) * replacement.Length);
        StringBuilder output = new();
        int done = 0;
        foreach (object character in CodePoints.Split(text))
        {
            if (most < 0 || done++ < most) output.Append(replacement);
            output.Append((string)character);
        }

        if (most < 0 || done < most) output.Append(replacement);
        return output.ToString();
    }
}
