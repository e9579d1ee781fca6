using System.Collections.Frozen;

namespace LocalAI.Pipeline.ChatTemplates.Methods;

/// <summary>The methods of Python's list; <c>index</c> and <c>count</c> serve tuples too.</summary>
internal static class ListMethods
{
    public static readonly FrozenDictionary<string, MethodBody> Table = new Dictionary<string, MethodBody>
    {
        ["append"] = (s, x, a) => Grow(s, x, 1, list => list.Add(a.Exactly(s, "append", 1)[0])),
        ["extend"] = Extend,
        ["insert"] = Insert,
        ["pop"] = Pop,
        ["remove"] = Remove,
        ["clear"] = (s, x, a) => Grow(s, x, 0, list => list.Clear()),
        ["copy"] = (s, x, a) => new ListValue(Iteration.ToList(s, x)),
        ["index"] = Index,
        ["count"] = Count,
        ["reverse"] = (s, x, a) => Grow(s, x, 0, list => list.Reverse()),
        ["sort"] = Sort,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static NoneValue Grow(RenderState s, object x, int by, Action<List<object>> change)
    {
        List<object> items = ((ListValue)x).Items;
        s.Charge(1);
        if (items.Count + (long)by > s.Limits.MaxListLength) s.ChargeItems(items.Count + (long)by);
        if (by == 0) s.ChargeItems(items.Count);
        change(items);
        return NoneValue.Instance;
    }

    private static NoneValue Extend(RenderState s, object x, Arguments a)
    {
        List<object> more = Iteration.ToList(s, a.Exactly(s, "extend", 1)[0]);
        return Grow(s, x, more.Count, list => list.AddRange(more));
    }

    private static NoneValue Insert(RenderState s, object x, Arguments a)
    {
        object[] given = a.Exactly(s, "insert", 2);
        List<object> items = ((ListValue)x).Items;
        long at = Numbers.Long(s, given[0], "the index");
        if (at < 0) at += items.Count;
        s.ChargeItems(items.Count + 1L);
        items.Insert((int)Math.Clamp(at, 0, items.Count), given[1]);
        return NoneValue.Instance;
    }

    private static object Pop(RenderState s, object x, Arguments a)
    {
        List<object> items = ((ListValue)x).Items;
        object? index = a.Bind(s, "pop", 0, "index")[0];
        long at = index is null ? items.Count - 1 : Numbers.Long(s, index, "the index");
        if (at < 0) at += items.Count;
        if (at < 0 || at >= items.Count) throw s.Error(items.Count == 0 ? "pop from empty list" : "pop index out of range");
        s.ChargeItems(items.Count - at);
        object item = items[(int)at];
        items.RemoveAt((int)at);
        return item;
    }

    private static NoneValue Remove(RenderState s, object x, Arguments a)
    {
        int at = IndexOf(s, ((ListValue)x).Items, a.Exactly(s, "remove", 1)[0], 0);
        if (at < 0) throw s.Error("list.remove(x): x not in list");
        ((ListValue)x).Items.RemoveAt(at);
        return NoneValue.Instance;
    }

    private static object Index(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "index", 1, "value", "start");
        IReadOnlyList<object> items = Items(x);
        int start = Argument.Int(s, bound[1], 0, "the start");
        if (start < 0) start = Math.Max(0, start + items.Count);
        int at = IndexOf(s, items, bound[0]!, start);
        return at >= 0 ? Box.Of((long)at) : throw s.Error("the value is not in the list");
    }

    private static object Count(RenderState s, object x, Arguments a)
    {
        object wanted = a.Exactly(s, "count", 1)[0];
        long count = 0;
        foreach (object item in Items(x))
        {
            s.Charge(1);
            if (Equality.AreEqual(s, item, wanted)) count++;
        }

        return Box.Of(count);
    }

    private static NoneValue Sort(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "sort", 0, "reverse", "key");
        if (bound[1] is not (null or NoneValue)) throw s.Error("sort() with a key is not supported");
        int sign = Argument.Flag(bound[0], false) ? -1 : 1;
        Sorting.Stable(s, ((ListValue)x).Items, (left, right) => sign * Ordering.Compare(s, left, right));
        return NoneValue.Instance;
    }

    private static IReadOnlyList<object> Items(object x) => x is ListValue list ? list.Items : ((TupleValue)x).Items;

    private static int IndexOf(RenderState s, IReadOnlyList<object> items, object wanted, int start)
    {
        for (int i = start; i < items.Count; i++)
        {
            s.Charge(1);
            if (Equality.AreEqual(s, items[i], wanted)) return i;
        }

        return -1;
    }
}
