using System.Globalization;

namespace LocalAI.Pipeline.JsonSchemas.Automata;

/// <summary>Reads the escapes and bracketed classes of a regular expression.</summary>
internal sealed class CharacterClassReader(string text)
{
    private static readonly CodePoints Digits = CodePoints.Of([('0', '9')]);
    private static readonly CodePoints Words = CodePoints.Of([('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_')]);

    // ECMA-262's WhiteSpace and LineTerminator.
    private static readonly CodePoints Spaces = CodePoints.Of(
        [(9, 13), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)]);

    /// <param name="at">Behind the opening bracket; then behind the closing one.</param>
    public CodePoints ReadClass(ref int at)
    {
        var negated = at < text.Length && text[at] == '^';
        at += negated ? 1 : 0;
        var ranges = new List<(int First, int Last)>();
        while (true)
        {
            if (at >= text.Length)
                throw new FormatException("A character class is not closed.");
            if (text[at] == ']')
                break;
            ranges.AddRange(Member(ref at));
        }

        at++;
        var all = CodePoints.Of(ranges);
        return negated ? all.Complement() : all;
    }

    /// <param name="at">Behind the backslash.</param>
    public CodePoints ReadEscape(ref int at)
    {
        if (at >= text.Length)
            throw new FormatException("The pattern ends with a backslash.");
        var letter = text[at++];
        return letter switch
        {
            'd' => Digits,
            'D' => Digits.Complement(),
            'w' => Words,
            'W' => Words.Complement(),
            's' => Spaces,
            'S' => Spaces.Complement(),
            't' => CodePoints.One('\t'),
            'n' => CodePoints.One('\n'),
            'r' => CodePoints.One('\r'),
            'f' => CodePoints.One('\f'),
            'v' => CodePoints.One('\v'),
            'x' => CodePoints.One(Hexadecimal(2, ref at)),
            'u' => CodePoints.One(Unicode(ref at)),
            '0' when at >= text.Length || !char.IsAsciiDigit(text[at]) => CodePoints.One(0),
            _ when char.IsAsciiLetterOrDigit(letter) => throw new FormatException($"'\\{letter}' is not supported."),
            _ => char.IsSurrogate(letter) ? throw new FormatException("A backslash stands before a character that needs none.") : CodePoints.One(letter),
        };
    }

    private IReadOnlyList<(int First, int Last)> Member(ref int at)
    {
        var first = One(ref at);
        if (at + 1 >= text.Length || text[at] != '-' || text[at + 1] == ']')
            return first.Ranges;
        at++;
        var last = One(ref at);
        return first.Ranges is [var (from, same)] && from == same && last.Ranges is [var (to, end)] && to == end && from <= to
            ? [(from, to)]
            : throw new FormatException("A range of a character class goes from one character to a later one.");
    }

    private CodePoints One(ref int at)
    {
        if (text[at] == '\\')
        {
            at++;
            // Inside a class it is the backspace.
            if (at < text.Length && text[at] == 'b')
            {
                at++;
                return CodePoints.One('\b');
            }

            return ReadEscape(ref at);
        }

        var codePoint = char.ConvertToUtf32(text, at);
        at += codePoint > char.MaxValue ? 2 : 1;
        return CodePoints.One(codePoint);
    }

    private int Unicode(ref int at)
    {
        if (at >= text.Length || text[at] != '{')
        {
            var unit = Hexadecimal(4, ref at);
            return unit is < 0xD800 or > 0xDFFF ? unit : throw new FormatException("Write characters beyond U+FFFF as \\u{...}.");
        }

        var end = text.IndexOf('}', at);
        var codePoint = end > at && end - at <= 7 ? Parse(text.AsSpan(at + 1, end - at - 1)) : -1;
        at = end + 1;
        return codePoint is >= 0 and <= 0x10FFFF and (< 0xD800 or > 0xDFFF) ? codePoint : throw new FormatException("\\u{...} names no character.");
    }

    private int Hexadecimal(int digits, ref int at)
    {
        var number = at + digits <= text.Length ? Parse(text.AsSpan(at, digits)) : -1;
        at += digits;
        return number >= 0 ? number : throw new FormatException($"{digits} hexadecimal digits are expected after \\x or \\u.");
    }

    private static int Parse(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
