namespace LocalAI.Pipeline.ChatTemplates.Filters;

/// <summary>Python's int() and float() of a text; null where it is none.</summary>
internal static class NumberParsing
{
    public static long? Integer(RenderState s, string text, int radix)
    {
        if (radix is not 0 and (< 2 or > 36)) throw s.Error("the base must be 0 or from 2 to 36");
        s.ChargeText(text.Length);
        string digits = StringTrimming.Strip(text, CodePoints.IsSpace, true, true);
        bool negative = digits.StartsWith('-');
        if (negative || digits.StartsWith('+')) digits = digits[1..];
        digits = WithoutPrefix(digits, ref radix);
        if (!HasGoodUnderscores(digits)) return null;
        Int128 value = 0;
        foreach (char c in digits)
        {
            if (c == '_') continue;
            int digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? (c | 32) - 'a' + 10 : 99;
            if (digit >= radix) return null;
            value = value * radix + digit;
            if (value > (Int128)long.MaxValue + 1) throw Arithmetic.Overflow(s);
        }

        if (negative) value = -value;
        return value <= long.MaxValue ? (long)value : throw Arithmetic.Overflow(s);
    }

    public static double? Real(RenderState s, string text)
    {
        s.ChargeText(text.Length * 4L);
        string digits = StringTrimming.Strip(text, CodePoints.IsSpace, true, true);
        string unsigned = digits.TrimStart('+', '-').ToLowerInvariant();
        if (digits.Length - unsigned.Length <= 1)
        {
            if (unsigned is "inf" or "infinity") return digits[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            if (unsigned == "nan") return double.NaN;
        }

        if (digits.Contains('_', StringComparison.Ordinal))
        {
            if (!Array.TrueForAll(digits.Split('.', 'e', 'E', '+', '-'), part => part.Length == 0 || HasGoodUnderscores(part))) return null;
            digits = digits.Replace("_", "", StringComparison.Ordinal);
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!digits.AsSpan().ContainsAnyInRange('0', '9')) return null;
        return double.TryParse(digits, Style, CultureInfo.InvariantCulture, out double value) ? value : null;
    }

    private static string WithoutPrefix(string digits, ref int radix)
    {
        int marked = digits.Length > 1 && digits[0] == '0'
            ? (digits[1] | 32) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 }
            : 0;
        bool matches = marked > 0 && (radix == marked || radix == 0);
        if (radix == 0) radix = marked > 0 ? marked : 10;
        if (!matches) return digits;
        string rest = digits[2..];
        return rest.StartsWith('_') ? rest[1..] : rest;
    }

    private static bool HasGoodUnderscores(string digits) => digits.Length > 0 && digits[0] != '_' && digits[^1] != '_'
        && !digits.Contains("__", StringComparison.Ordinal);
}
