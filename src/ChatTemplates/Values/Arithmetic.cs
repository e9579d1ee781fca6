using System.Numerics;

namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's arithmetic, with 64-bit integers that fail instead of growing.</summary>
internal static class Arithmetic
{
    public static object Add(RenderState s, object a, object b)
    {
        switch (a, b)
        {
            case (string x, string y):
                s.ReserveText((long)x.Length + y.Length);
                return string.Concat(x, y);
            case (ListValue x, ListValue y):
                s.ChargeItems((long)x.Items.Count + y.Items.Count);
                return new ListValue([.. x.Items, .. y.Items]);
            case (TupleValue x, TupleValue y):
                s.ChargeItems((long)x.Items.Length + y.Items.Length);
                return new TupleValue([.. x.Items, .. y.Items]);
        }

        if (Numbers.TryLong(a, out long i) && Numbers.TryLong(b, out long j))
            return Fit(s, (Int128)i + j);
        (double d, double e) = Reals(s, a, b, "+");
        return Box.Of(d + e);
    }

    public static object Subtract(RenderState s, object a, object b)
    {
        if (Numbers.TryLong(a, out long i) && Numbers.TryLong(b, out long j))
            return Fit(s, (Int128)i - j);
        (double d, double e) = Reals(s, a, b, "-");
        return Box.Of(d - e);
    }

    public static object Multiply(RenderState s, object a, object b)
    {
        if (Numbers.TryLong(a, out long i) && Numbers.TryLong(b, out long j))
            return Fit(s, (Int128)i * j);
        if (Numbers.TryLong(b, out long times) && a is string or ListValue or TupleValue)
            return Repeat(s, a, times);
        if (Numbers.TryLong(a, out times) && b is string or ListValue or TupleValue)
            return Repeat(s, b, times);
        (double d, double e) = Reals(s, a, b, "*");
        return Box.Of(d * e);
    }

    public static object Divide(RenderState s, object a, object b)
    {
        (double d, double e) = Reals(s, a, b, "/");
        if (e == 0) throw s.Error("division by zero");
        return Box.Of(d / e);
    }

    public static object FloorDivide(RenderState s, object a, object b)
    {
        if (Numbers.TryLong(a, out long i) && Numbers.TryLong(b, out long j))
        {
            if (j == 0) throw s.Error("integer division or modulo by zero");
            Int128 quotient = (Int128)i / j;
            if (i % (Int128)j != 0 && (i < 0) != (j < 0)) quotient--;
            return Fit(s, quotient);
        }

        (double d, double e) = Reals(s, a, b, "//");
        if (e == 0) throw s.Error("float floor division by zero");
        return Box.Of(Math.Floor((d - FloorModulo(d, e)) / e + 0.25));
    }

    public static object Modulo(RenderState s, object a, object b)
    {
        if (a is string format) return PercentFormat.Apply(s, format, b);
        if (Numbers.TryLong(a, out long i) && Numbers.TryLong(b, out long j))
        {
            if (j == 0) throw s.Error("integer division or modulo by zero");
            Int128 rest = (Int128)i % j;
            return Box.Of((long)(rest != 0 && (rest < 0) != (j < 0) ? rest + j : rest));
        }

        (double d, double e) = Reals(s, a, b, "%");
        if (e == 0) throw s.Error("float modulo by zero");
        return Box.Of(FloorModulo(d, e));
    }

    public static object Power(RenderState s, object a, object b)
    {
        if (Numbers.TryLong(a, out long i) && Numbers.TryLong(b, out long j) && j >= 0)
        {
            if (i is 0 or 1 || j == 0) return Box.Of(j == 0 ? 1L : i);
            if (i == -1) return Box.Of(j % 2 == 0 ? 1L : -1L);
            if (j > 63) throw Overflow(s);
            return Fit(s, BigInteger.Pow(i, (int)j));
        }

        (double d, double e) = Reals(s, a, b, "**");
        if (d == 0 && e < 0) throw s.Error("0.0 cannot be raised to a negative power");
        double power = Math.Pow(d, e);
        if (double.IsNaN(power) && !double.IsNaN(d) && !double.IsNaN(e)) throw s.Error("complex numbers are not supported");
        if (double.IsInfinity(power) && double.IsFinite(d) && double.IsFinite(e)) throw Overflow(s);
        return Box.Of(power);
    }

    public static object Negate(RenderState s, object value)
    {
        if (Numbers.TryLong(value, out long integer)) return Fit(s, -(Int128)integer);
        return value is double real ? Box.Of(-real) : throw Unary(s, value, "-");
    }

    public static object Plus(RenderState s, object value)
    {
        if (Numbers.TryLong(value, out long integer)) return Box.Of(integer);
        return value is double ? value : throw Unary(s, value, "+");
    }

    public static ChatTemplateException Overflow(RenderState s) => s.Error("the number is beyond 64 bits");

    private static object Fit(RenderState s, Int128 value) =>
        value >= long.MinValue && value <= long.MaxValue ? Box.Of((long)value) : throw Overflow(s);

    private static object Fit(RenderState s, BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Box.Of((long)value) : throw Overflow(s);

    private static double FloorModulo(double d, double e)
    {
        double rest = d % e;
        if (rest != 0 && (rest < 0) != (e < 0)) rest += e;
        return rest == 0 ? Math.CopySign(0, e) : rest;
    }

    private static (double Left, double Right) Reals(RenderState s, object a, object b, string symbol)
    {
        if (Numbers.TryDouble(a, out double d) && Numbers.TryDouble(b, out double e)) return (d, e);
        if (a is Undefined left) throw left.Fault(s);
        if (b is Undefined right) throw right.Fault(s);
        throw s.Error($"'{symbol}' is not supported between {TypeNames.Of(a)} and {TypeNames.Of(b)}");
    }

    private static ChatTemplateException Unary(RenderState s, object value, string symbol) =>
        value is Undefined undefined ? undefined.Fault(s) : s.Error($"bad operand for unary {symbol}: {TypeNames.Of(value)}");

    private static object Repeat(RenderState s, object value, long times)
    {
        times = Math.Max(times, 0);
        int length = value switch
        {
            string text => text.Length,
            ListValue list => list.Items.Count,
            TupleValue tuple => tuple.Items.Length,
            _ => 0,
        };
        if (length == 0) times = 0;
        long total = (long)Int128.Min((Int128)length * times, long.MaxValue);
        if (value is string repeated)
        {
            s.ReserveText(total);
            return times == 1 ? repeated : new StringBuilder((int)total).Insert(0, repeated, (int)times).ToString();
        }

        s.ChargeItems(total);
        object[] unit = value is ListValue items ? [.. items.Items] : ((TupleValue)value).Items;
        object[] all = new object[total];
        for (int i = 0; i < all.Length; i += unit.Length) unit.CopyTo(all, i);
        return value is ListValue ? new ListValue([.. all]) : new TupleValue(all);
    }
}
