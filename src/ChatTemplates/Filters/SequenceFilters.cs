namespace LocalAI.Pipeline.ChatTemplates.Filters;

/// <summary>Filters over sequences that keep their order.</summary>
internal static class SequenceFilters
{
    public static Dictionary<string, FilterBody> All { get; } = new(StringComparer.Ordinal)
    {
        ["length"] = Length,
        ["count"] = Length,
        ["list"] = (s, x, a) => new ListValue(Iteration.ToList(s, x)),
        ["first"] = First,
        ["last"] = Last,
        ["join"] = Join,
        ["reverse"] = Reverse,
        ["batch"] = Batch,
        ["slice"] = Slice,
        ["items"] = Items,
    };

    /// <summary>A sequence that Python can walk backwards.</summary>
    public static IReadOnlyList<object>? Indexed(RenderState s, object value) => value switch
    {
        ListValue list => list.Items,
        TupleValue tuple => tuple.Items,
        string or DictValue or RangeValue or DictView => Iteration.ToList(s, value),
        _ => null,
    };

    private static object Length(RenderState s, object x, Arguments a)
    {
        a.Exactly(s, "length", 0);
        return Box.Of((long)Iteration.Length(s, x));
    }

    private static object First(RenderState s, object x, Arguments a)
    {
        a.Exactly(s, "first", 0);
        foreach (object item in Iteration.Items(s, x)) return item;
        return new Undefined("the first item of an empty sequence");
    }

    private static object Last(RenderState s, object x, Arguments a)
    {
        a.Exactly(s, "last", 0);
        if (x is Undefined) return x;
        IReadOnlyList<object> items = Indexed(s, x) ?? throw s.Error($"'{TypeNames.Of(x)}' is not reversible");
        object? last = items.Count > 0 ? items[^1] : null;
        return last ?? new Undefined("the last item of an empty sequence");
    }

    private static string Join(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "join", 0, "d", "attribute");
        string separator = bound[0] is null ? "" : Texts.Of(s, bound[0]!);
        AttributePath path = AttributePath.Parse(s, bound[1]);
        StringBuilder output = new();
        bool first = true;
        foreach (object item in Iteration.Items(s, x))
        {
            if (!first) output.Append(separator);
            first = false;
            output.Append(Texts.Of(s, path.Of(s, item)));
            s.Charge(1);
            if (output.Length > s.Limits.MaxStringLength) s.ReserveText(output.Length);
        }

        return s.Built(output.ToString());
    }

    private static object Reverse(RenderState s, object x, Arguments a)
    {
        a.Exactly(s, "reverse", 0);
        List<object> items = Iteration.ToList(s, x);
        items.Reverse();
        if (x is string) return string.Concat(items.Cast<string>());
        return Indexed(s, x) is null ? new ListValue(items) : new IteratorValue(s, items);
    }

    private static IteratorValue Batch(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "batch", 1, "linecount", "fill_with");
        int size = Numbers.Int(s, bound[0]!, "linecount");
        return new IteratorValue(s, Batches(s, x, size, bound[1]));
    }

    private static IEnumerable<object> Batches(RenderState s, object x, int size, object? fill)
    {
        List<object> batch = [];
        foreach (object item in Iteration.Items(s, x))
        {
            s.Charge(1);
            if (batch.Count == size)
            {
                yield return new ListValue(batch);
                batch = [];
            }

            batch.Add(item);
        }

        if (batch.Count == 0) yield break;
        if (fill is not (null or NoneValue)) Fill(s, batch, fill, size);
        yield return new ListValue(batch);
    }

    private static void Fill(RenderState s, List<object> items, object fill, int size)
    {
        if (items.Count >= size) return;
        s.ChargeItems(size);
        items.AddRange(Enumerable.Repeat(fill, size - items.Count));
    }

    private static IteratorValue Slice(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "slice", 1, "slices", "fill_with");
        int slices = Numbers.Int(s, bound[0]!, "slices");
        return new IteratorValue(s, Slices(s, x, slices, bound[1]));
    }

    private static IEnumerable<object> Slices(RenderState s, object x, int slices, object? fill)
    {
        List<object> items = Iteration.ToList(s, x);
        if (slices == 0) throw s.Error("integer division or modulo by zero");
        int size = items.Count / slices, longer = items.Count % slices, at = 0;
        for (int i = 0; i < slices; i++)
        {
            int count = size + (i < longer ? 1 : 0);
            List<object> part = items.GetRange(at, count);
            s.ChargeItems(count);
            at += count;
            if (fill is not (null or NoneValue) && i >= longer) part.Add(fill);
            yield return new ListValue(part);
        }
    }

    private static IteratorValue Items(RenderState s, object x, Arguments a)
    {
        a.Exactly(s, "items", 0);
        if (x is Undefined) return new IteratorValue(s, []);
        return x is DictValue dict
            ? new IteratorValue(s, new DictView(dict, "items").Elements())
            : throw s.Error("can only get item pairs from a mapping");
    }
}
