using System.Numerics;

namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Equality and hash of dict keys as in Python: numbers by value whatever their type.</summary>
internal sealed class KeyComparer : IEqualityComparer<object>
{
    public static readonly KeyComparer Instance = new();

    public new bool Equals(object? x, object? y)
    {
        if (x is string left) return y is string right && string.Equals(left, right, StringComparison.Ordinal);
        if (ReferenceEquals(x, y)) return true;
        if (x is null || y is null) return false;
        if (x is Undefined) return y is Undefined;
        if (x is TupleValue a && y is TupleValue b)
            return a.Items.AsSpan().SequenceEqual(b.Items, this);
        if (Numbers.TryLong(x, out long i) && Numbers.TryLong(y, out long j)) return i == j;
        return Numbers.TryDouble(x, out double d) && Numbers.TryDouble(y, out double e) && d.Equals(e);
    }

    public int GetHashCode(object obj)
    {
        switch (obj)
        {
            case string text:
                return string.GetHashCode(text, StringComparison.Ordinal);
            case TupleValue tuple:
                HashCode hash = default;
                foreach (object item in tuple.Items) hash.Add(GetHashCode(item));
                return hash.ToHashCode();
            case Undefined:
                return 0;
            case bool or long or double or BigInteger:
                Numbers.TryDouble(obj, out double number);
                return number.GetHashCode();
            default:
                return System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
        }
    }

    /// <summary>Fails on lists and dicts; walks tuples against the step bound, so that hashing stays bounded.</summary>
    public static void EnsureHashable(RenderState s, object key)
    {
        if (key is string) return;
        if (key is ListValue or DictValue) throw s.Error($"unhashable type: '{TypeNames.Of(key)}'");
        if (key is not TupleValue tuple) return;
        s.Enter(s.At);
        foreach (object item in tuple.Items) EnsureHashable(s, item);
        s.Leave();
    }

    public static bool IsHashable(RenderState s, object key)
    {
        if (key is ListValue or DictValue) return false;
        if (key is TupleValue tuple)
        {
            s.Enter(s.At);
            bool all = Array.TrueForAll(tuple.Items, item => IsHashable(s, item));
            s.Leave();
            return all;
        }

        return true;
    }
}
