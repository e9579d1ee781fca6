namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's ordering: numbers, strings by code point, lists and tuples element by element.</summary>
internal static class Ordering
{
    /// <summary>Negative, zero or positive; fails where Python has no order. NaN is below everything.</summary>
    public static int Compare(RenderState s, object a, object b, string symbol = "<")
    {
        if (Numbers.TryLong(a, out long i) && Numbers.TryLong(b, out long j)) return i.CompareTo(j);
        if (Numbers.TryDouble(a, out double d) && Numbers.TryDouble(b, out double e)) return d.CompareTo(e);
        switch (a, b)
        {
            case (string x, string y):
                s.ChargeText(Math.Min(x.Length, y.Length));
                return CodePoints.Compare(x, y);
            case (ListValue x, ListValue y):
                return Sequences(s, x.Items, y.Items, symbol);
            case (TupleValue x, TupleValue y):
                return Sequences(s, x.Items, y.Items, symbol);
            case (Undefined x, _):
                throw x.Fault(s);
            case (_, Undefined y):
                throw y.Fault(s);
            default:
                throw s.Error($"'{symbol}' is not supported between {TypeNames.Of(a)} and {TypeNames.Of(b)}");
        }
    }

    private static int Sequences(RenderState s, IReadOnlyList<object> a, IReadOnlyList<object> b, string symbol)
    {
        s.Enter(s.At);
        int order = 0;
        for (int i = 0; i < a.Count && i < b.Count; i++)
        {
            s.Charge(1);
            if (Equality.AreEqual(s, a[i], b[i])) continue;
            order = Compare(s, a[i], b[i], symbol);
            s.Leave();
            return order;
        }

        s.Leave();
        return a.Count.CompareTo(b.Count);
    }
}
