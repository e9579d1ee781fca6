namespace LocalAI.Pipeline.ChatTemplates.Methods;

/// <summary>find, count, startswith and their kin, with Python's optional bounds.</summary>
internal static class StringSearching
{
    public static object Affix(RenderState s, string text, Arguments arguments, bool atStart)
    {
        object?[] bound = arguments.Bind(s, atStart ? "startswith" : "endswith", 1, "prefix", "start", "end");
        (int from, int to) = Window(s, text, bound);
        object[] candidates = bound[0] is TupleValue tuple ? tuple.Items : [bound[0]!];
        if (from > to) return Box.False;
        ReadOnlySpan<char> window = text.AsSpan(from, to - from);
        foreach (object candidate in candidates)
        {
            string affix = Argument.Text(s, candidate, atStart ? "startswith" : "endswith");
            s.ChargeText(affix.Length);
            if (atStart ? window.StartsWith(affix, StringComparison.Ordinal) : window.EndsWith(affix, StringComparison.Ordinal))
                return Box.True;
        }

        return Box.False;
    }

    public static object Find(RenderState s, string text, Arguments arguments, bool fromRight, bool mustExist)
    {
        object?[] bound = arguments.Bind(s, mustExist ? "index" : "find", 1, "sub", "start", "end");
        string part = Argument.Text(s, bound[0], "find");
        (int from, int to) = Window(s, text, bound);
        s.ChargeText(text.Length);
        int at = from > to ? -1 : fromRight
            ? text.AsSpan(from, to - from).LastIndexOf(part, StringComparison.Ordinal)
            : text.AsSpan(from, to - from).IndexOf(part, StringComparison.Ordinal);
        if (at < 0) return mustExist ? throw s.Error("substring not found") : Box.Of(-1L);
        return Box.Of((long)CodePoints.FromUnit(text, from + at));
    }

    public static object Count(RenderState s, object x, Arguments arguments)
    {
        object?[] bound = arguments.Bind(s, "count", 1, "sub", "start", "end");
        string text = (string)x, part = Argument.Text(s, bound[0], "count");
        (int from, int to) = Window(s, text, bound);
        s.ChargeText(text.Length);
        if (from > to) return Box.Of(0L);
        ReadOnlySpan<char> window = text.AsSpan(from, to - from);
        return Box.Of(part.Length == 0 ? CodePoints.Count(window.ToString()) + 1L : window.Count(part));
    }

    /// <summary>Bounds in code points to units; an end beyond the text is its end.</summary>
    private static (int From, int To) Window(RenderState s, string text, object?[] bound)
    {
        if (bound[1] is null && bound[2] is null) return (0, text.Length);
        int length = CodePoints.Count(text);
        int from = Place(s, bound[1], 0, length);
        int to = Math.Min(Place(s, bound[2], length, length), length);
        if (from > length) return (1, 0);
        return (CodePoints.UnitOf(text, from), CodePoints.UnitOf(text, to));
    }

    private static int Place(RenderState s, object? value, int otherwise, int length)
    {
        if (value is null or NoneValue) return otherwise;
        int index = Numbers.Int(s, value, "the bound");
        return index < 0 ? (int)Math.Max(0L, (long)index + length) : index;
    }
}
