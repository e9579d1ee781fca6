using System.Numerics;

namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Decimal rounding of doubles as Python does it: by the exact value, ties to even.</summary>
internal static class Rounding
{
    public static double Round(double value, int digits)
    {
        if (!double.IsFinite(value) || digits > 323) return value;
        if (digits <= 0)
        {
            if (digits < -308) return 0;
            double power = Math.Pow(10, -digits);
            return Math.Round(value / power, MidpointRounding.ToEven) * power;
        }

        return double.Parse(Fixed(value, digits), CultureInfo.InvariantCulture);
    }

    /// <summary>Fixed notation with so many digits after the point.</summary>
    public static string Fixed(double value, int digits)
    {
        double scaled = Math.ScaleB(value, digits + 1);
        bool isTie = double.IsOddInteger(scaled) && Math.Abs(scaled) < (1L << 53);
        if (!isTie)
            return value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

        // value * 10^digits = scaled * 5^digits / 2 exactly, half way between two integers.
        BigInteger twice = (BigInteger)Math.Abs(scaled) * BigInteger.Pow(5, digits);
        BigInteger rounded = (twice - 1) / 2;
        if (!rounded.IsEven) rounded++;
        string text = rounded.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        string sign = value < 0 ? "-" : "";
        return digits == 0 ? sign + text : $"{sign}{text[..^digits]}.{text[^digits..]}";
    }
}
