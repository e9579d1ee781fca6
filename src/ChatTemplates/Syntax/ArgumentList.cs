namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>The arguments as written in a call, a filter or a test.</summary>
internal sealed class ArgumentList(
    Expression[] positional, (string Name, Expression Value)[] named, Expression? star, Expression? doubleStar)
{
    public static ArgumentList Empty { get; } = new([], [], null, null);

    public Arguments Evaluate(RenderState s, MacroValue? caller = null)
    {
        if (positional.Length == 0 && named.Length == 0 && star is null && doubleStar is null && caller is null)
            return Arguments.None;
        return new Arguments(Positional(s), Named(s, caller));
    }

    private object[] Positional(RenderState s)
    {
        object[] values = positional.Length == 0 ? [] : new object[positional.Length];
        for (int i = 0; i < values.Length; i++) values[i] = positional[i].Evaluate(s);
        if (star is null) return values;
        List<object> all = Iteration.ToList(s, star.Evaluate(s));
        all.InsertRange(0, values);
        return [.. all];
    }

    private KeyValuePair<string, object>[] Named(RenderState s, MacroValue? caller)
    {
        if (named.Length == 0 && doubleStar is null && caller is null) return [];
        List<KeyValuePair<string, object>> values = [];
        foreach ((string name, Expression value) in named) values.Add(new(name, value.Evaluate(s)));
        if (doubleStar is not null)
        {
            if (doubleStar.Evaluate(s) is not DictValue more) throw s.Error("argument after ** must be a mapping");
            foreach ((object key, object value) in more.Entries)
                values.Add(new(key as string ?? throw s.Error("keywords must be strings"), value));
        }

        if (caller is not null) values.Add(new("caller", caller));
        return [.. values];
    }
}
