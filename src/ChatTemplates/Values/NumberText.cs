namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Numbers in the notations of Python's formatting: fixed, exponent, general and the bases.</summary>
internal static class NumberText
{
    /// <summary>More digits than this say nothing more about a double, and cost time.</summary>
    public const int MaxPrecision = 400;

    /// <summary>The magnitude only, without a sign. The kind is one of d x X o b f F e E g G %.</summary>
    public static string Magnitude(RenderState s, object value, char kind, int? precision, bool alternate)
    {
        if (precision > MaxPrecision) throw s.Error($"a precision beyond {MaxPrecision} is not supported");
        switch (kind)
        {
            case 'd' or 'x' or 'X' or 'o' or 'b':
                return Integer(s, value, kind, alternate);
        }

        if (!Numbers.TryDouble(value, out double number)) throw s.Error($"a number is required, not {TypeNames.Of(value)}");
        number = Math.Abs(number);
        if (!double.IsFinite(number)) return double.IsNaN(number) ? "nan" : "inf";
        return kind switch
        {
            'f' or 'F' => Fixed(number, precision ?? 6),
            'e' or 'E' => Exponent(number, precision ?? 6, kind),
            '%' => Fixed(number * 100, precision ?? 6) + "%",
            _ => General(number, precision ?? 6, kind, alternate),
        };
    }

    public static string Fixed(double number, int precision) => Rounding.Fixed(number, precision);

    public static bool IsNegative(object value) =>
        value is double real ? double.IsNegative(real) && !double.IsNaN(real) : Numbers.TryDouble(value, out double d) && d < 0;

    private static string Integer(RenderState s, object value, char kind, bool alternate)
    {
        if (!Numbers.TryLong(value, out long number))
            throw s.Error($"an integer is required for '{kind}', not {TypeNames.Of(value)}");
        UInt128 magnitude = number < 0 ? (UInt128)(-(Int128)number) : (UInt128)number;
        return kind switch
        {
            'x' => (alternate ? "0x" : "") + magnitude.ToString("x", CultureInfo.InvariantCulture),
            'X' => (alternate ? "0X" : "") + magnitude.ToString("X", CultureInfo.InvariantCulture),
            'o' => (alternate ? "0o" : "") + Octal(magnitude),
            'b' => (alternate ? "0b" : "") + magnitude.ToString("b", CultureInfo.InvariantCulture),
            _ => magnitude.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string Octal(UInt128 magnitude)
    {
        string digits = "";
        do
        {
            digits = (char)('0' + (int)(magnitude & 7)) + digits;
            magnitude >>= 3;
        }
        while (magnitude > 0);
        return digits;
    }

    private static string Exponent(double number, int precision, char kind) => number.ToString(
        (kind == 'e' ? "0." : "0.") + new string('0', precision) + kind + "+00", CultureInfo.InvariantCulture);

    private static string General(double number, int precision, char kind, bool alternate)
    {
        precision = Math.Max(precision, 1);
        if (number == 0) return "0";
        string scientific = Exponent(number, precision - 1, 'e');
        int mark = scientific.IndexOf('e', StringComparison.Ordinal);
        int exponent = int.Parse(scientific.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent < -4 || exponent >= precision)
        {
            string mantissa = alternate ? scientific[..mark] : TrimZeros(scientific[..mark]);
            return mantissa + (kind == 'G' ? "E" : "e") + scientific[(mark + 1)..];
        }

        string plain = Fixed(number, precision - 1 - exponent);
        return alternate ? plain : TrimZeros(plain);
    }

    private static string TrimZeros(string digits) =>
        digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;
}
