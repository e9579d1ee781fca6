namespace LocalAI.Pipeline.ChatTemplates.Rendering;

/// <summary>The functions that every template may call.</summary>
internal static class Globals
{
    public static KeyValuePair<string, object>[] All { get; } =
    [
        Function("range", Range),
        Function("dict", Dict),
        Function("namespace", Namespace),
        Function("joiner", (s, a) => new JoinerValue(Texts.Of(s, a.Bind(s, "joiner", 0, "sep")[0] ?? ", "))),
        Function("cycler", Cycler),
        Function("raise_exception", Raise),
        Function("strftime_now", (s, a) => TimeText.Format(s, Argument.Text(s, a.Exactly(s, "strftime_now", 1)[0], "strftime_now"))),
    ];

    private static KeyValuePair<string, object> Function(string name, Func<RenderState, Arguments, object> body) =>
        new(name, new NativeFunction(name, body));

    private static RangeValue Range(RenderState s, Arguments a)
    {
        if (a.Named.Length > 0 || a.Positional.Length is 0 or > 3) throw s.Error("range() takes 1 to 3 arguments by position");
        long[] parts = Array.ConvertAll(a.Positional, part =>
            part is Undefined undefined ? throw undefined.Fault(s) : Numbers.Long(s, part, "an argument of range()"));
        RangeValue range = parts.Length == 1
            ? new RangeValue(0, parts[0], 1)
            : new RangeValue(parts[0], parts[1], parts.Length == 3 ? parts[2] : 1);
        if (range.Step == 0) throw s.Error("range() arg 3 must not be zero");
        if (range.Count > s.Limits.MaxRange) throw s.Error($"a range holds at most {s.Limits.MaxRange} elements");
        return range;
    }

    private static DictValue Dict(RenderState s, Arguments a)
    {
        if (a.Positional.Length > 1) throw s.Error("dict() takes at most one argument by position");
        DictValue dict = new();
        if (a.Positional.Length == 1) DictMethods.Merge(s, dict, a.Positional[0]);
        foreach ((string name, object value) in a.Named) dict.Set(s, name, value);
        return dict;
    }

    private static NamespaceValue Namespace(RenderState s, Arguments a)
    {
        NamespaceValue space = new();
        foreach ((object key, object value) in Dict(s, a).Entries) space.Attributes[Texts.Of(s, key)] = value;
        return space;
    }

    private static CyclerValue Cycler(RenderState s, Arguments a) =>
        a.Positional.Length > 0 ? new CyclerValue(a.Positional) : throw s.Error("at least one item has to be provided");

    private static object Raise(RenderState s, Arguments a) =>
        throw new ChatTemplateException(Texts.Of(s, a.Exactly(s, "raise_exception", 1)[0]), s.At, isRaised: true);
}
