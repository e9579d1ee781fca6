namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's == over all values; nested ones are paid for and bounded in depth.</summary>
internal static class Equality
{
    public static bool AreEqual(RenderState s, object a, object b)
    {
        if (a is string left && b is string right)
        {
            if (left.Length == right.Length) s.ChargeText(left.Length);
            return string.Equals(left, right, StringComparison.Ordinal);
        }

        if (Numbers.TryLong(a, out long i) && Numbers.TryLong(b, out long j)) return i == j;
        if (Numbers.TryDouble(a, out double d) && Numbers.TryDouble(b, out double e)) return d == e;
        return (a, b) switch
        {
            (ListValue x, ListValue y) => Sequences(s, x.Items, y.Items),
            (TupleValue x, TupleValue y) => Sequences(s, x.Items, y.Items),
            (DictValue x, DictValue y) => Dicts(s, x, y),
            (RangeValue x, RangeValue y) => x.Count == y.Count
                && (x.Count == 0 || (x.Start == y.Start && (x.Count == 1 || x.Step == y.Step))),
            (Undefined, Undefined) => true,
            _ => ReferenceEquals(a, b),
        };
    }

    private static bool Sequences(RenderState s, IReadOnlyList<object> a, IReadOnlyList<object> b)
    {
        if (a.Count != b.Count) return false;
        s.Enter(s.At);
        bool equal = true;
        for (int i = 0; equal && i < a.Count; i++)
        {
            s.Charge(1);
            equal = ReferenceEquals(a[i], b[i]) || AreEqual(s, a[i], b[i]);
        }

        s.Leave();
        return equal;
    }

    private static bool Dicts(RenderState s, DictValue a, DictValue b)
    {
        if (a.Count != b.Count) return false;
        s.Enter(s.At);
        bool equal = true;
        foreach ((object key, object value) in a.Entries)
        {
            s.Charge(1);
            equal = b.TryGet(key, out object other) && AreEqual(s, value, other);
            if (!equal) break;
        }

        s.Leave();
        return equal;
    }
}
