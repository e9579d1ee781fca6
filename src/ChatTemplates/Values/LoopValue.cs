namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Jinja's <c>loop</c>.</summary>
internal sealed class LoopValue(LoopItems items, int depth, Func<object, int, string>? recurse) : CallableValue
{
    private object[]? _lastChanged;

    public int Index { get; set; }

    public override string Name => "loop";

    public override object Call(RenderState s, Arguments arguments)
    {
        if (recurse is null) throw s.Error("the loop must have the 'recursive' marker to be called");
        return recurse(arguments.Exactly(s, "loop", 1)[0], depth + 1);
    }

    public object Attribute(RenderState s, string name) => name switch
    {
        "index" => Box.Of(Index + 1L),
        "index0" => Box.Of((long)Index),
        "first" => Box.Of(Index == 0),
        "last" => Box.Of(!items.Has(Index + 1)),
        "length" => Box.Of((long)items.Count),
        "revindex" => Box.Of((long)items.Count - Index),
        "revindex0" => Box.Of(items.Count - Index - 1L),
        "depth" => Box.Of(depth + 1L),
        "depth0" => Box.Of((long)depth),
        "previtem" => Index > 0 ? items[Index - 1] : new Undefined("there is no previous item"),
        "nextitem" => items.Has(Index + 1) ? items[Index + 1] : new Undefined("there is no next item"),
        "cycle" => new NativeFunction("cycle", Cycle),
        "changed" => new NativeFunction("changed", Changed),
        _ => new Undefined(name),
    };

    private object Cycle(RenderState s, Arguments arguments)
    {
        object[] values = arguments.Positional;
        return values.Length > 0 ? values[Index % values.Length] : throw s.Error("no items for cycling given");
    }

    private object Changed(RenderState s, Arguments arguments)
    {
        object[] values = arguments.Positional;
        bool same = _lastChanged is { } last
            && Equality.AreEqual(s, new TupleValue(last), new TupleValue(values));
        _lastChanged = values;
        return Box.Of(!same);
    }
}
