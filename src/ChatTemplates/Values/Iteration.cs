namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Walking over whatever Python can walk over.</summary>
internal static class Iteration
{
    public static bool TryItems(object value, out IEnumerable<object> items)
    {
        items = value switch
        {
            ListValue list => list.Items,
            TupleValue tuple => tuple.Items,
            DictValue dict => dict.Entries.Keys,
            DictView view => view.Elements(),
            string text => CodePoints.Split(text),
            RangeValue range => Enumerable.Range(0, range.Count).Select(range.At),
            IteratorValue iterator => iterator.Rest(),
            Undefined => [],
            _ => null!,
        };
        return items is not null;
    }

    public static IEnumerable<object> Items(RenderState s, object value) =>
        TryItems(value, out IEnumerable<object> items)
            ? items
            : throw s.Error($"'{TypeNames.Of(value)}' is not iterable");

    /// <summary>A copy of the elements; later changes of the source do not show.</summary>
    public static List<object> ToList(RenderState s, object value)
    {
        if (Sized(value) is { } count) s.ChargeItems(count);
        if (value is ListValue list) return [.. list.Items];
        List<object> copy = [];
        foreach (object item in Items(s, value))
        {
            copy.Add(item);
            s.ChargeItems(0);
            if (copy.Count > s.Limits.MaxListLength) s.ChargeItems(copy.Count);
        }

        return copy;
    }

    /// <summary>The length where the value has one, as Python's len.</summary>
    public static int? Sized(object value) => value switch
    {
        string text => CodePoints.Count(text),
        ListValue list => list.Items.Count,
        TupleValue tuple => tuple.Items.Length,
        DictValue dict => dict.Count,
        DictView view => view.Dict.Count,
        RangeValue range => range.Count,
        Undefined => 0,
        _ => null,
    };

    public static int Length(RenderState s, object value)
    {
        if (value is string text) s.ChargeText(text.Length);
        return Sized(value) ?? throw s.Error($"'{TypeNames.Of(value)}' has no length");
    }
}
