using System.Numerics;

namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's numbers: booleans are integers, integers have 64 bits here and fail beyond.</summary>
internal static class Numbers
{
    public static bool TryLong(object value, out long number)
    {
        switch (value)
        {
            case long integer:
                number = integer;
                return true;
            case bool flag:
                number = flag ? 1 : 0;
                return true;
            default:
                number = 0;
                return false;
        }
    }

    public static bool TryDouble(object value, out double number)
    {
        switch (value)
        {
            case double real:
                number = real;
                return true;
            case BigInteger big:
                number = (double)big;
                return true;
            default:
                bool integer = TryLong(value, out long exact);
                number = exact;
                return integer;
        }
    }

    public static long Long(RenderState s, object value, string what)
    {
        if (TryLong(value, out long number)) return number;
        throw s.Error($"{what} must be an integer, not {TypeNames.Of(value)}");
    }

    /// <summary>An index or width, kept within what an int holds.</summary>
    public static int Int(RenderState s, object value, string what) =>
        (int)Math.Clamp(Long(s, value, what), int.MinValue, int.MaxValue);

    public static object FromBig(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Box.Of((long)value) : value;
}
