namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>Integer and float literals: decimal with underscores, 0x, 0o, 0b, fractions and exponents.</summary>
internal static class NumberGrammar
{
    public static int Match(string text, int at, bool afterDot, out bool isFloat)
    {
        isFloat = false;
        if (text[at] == '0' && at + 1 < text.Length && Radix(text[at + 1]) is { } radix)
        {
            int to = Digits(text, at + 2, radix);
            if (to > at + 2) return to - at;
        }

        int whole = Digits(text, at, 10);
        if (afterDot) return whole - at;
        int end = whole;
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            end = Digits(text, end + 1, 10);
            isFloat = true;
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            int digits = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            int to = Digits(text, digits, 10);
            if (to > digits)
            {
                isFloat = true;
                end = to;
            }
        }

        return end - at;
    }

    /// <summary>Null where the literal is beyond 64 bits.</summary>
    public static long? ParseInteger(string digits)
    {
        int radix = digits.Length > 1 && digits[0] == '0' ? Radix(digits[1]) ?? 10 : 10;
        Int128 value = 0;
        foreach (char c in radix == 10 ? digits : digits[2..])
        {
            value = value * radix + Convert.ToInt32(c.ToString(), 16);
            if (value > long.MaxValue) return null;
        }

        return (long)value;
    }

    private static int? Radix(char letter) => letter switch
    {
        'x' or 'X' => 16,
        'o' or 'O' => 8,
        'b' or 'B' => 2,
        _ => null,
    };

    private static int Digits(string text, int at, int radix)
    {
        int to = at;
        while (to < text.Length && (IsDigit(text[to], radix)
            || (text[to] == '_' && to > at && to + 1 < text.Length && IsDigit(text[to + 1], radix)))) to++;
        return to;
    }

    private static bool IsDigit(char c, int radix) =>
        char.IsAsciiHexDigit(c) && Convert.ToInt32(c.ToString(), 16) < radix;
}
