namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>One conversion of a percent format: flags, width, precision and kind.</summary>
internal sealed class PercentField
{
    private string _flags = "";
    private int _width;
    private int? _precision;

    public string? Key { get; private set; }
    public char Kind { get; private set; }

    /// <summary>Offset of the kind's letter.</summary>
    public int End { get; private set; }

    public static PercentField Read(RenderState s, string format, int at)
    {
        PercentField field = new();
        if (at < format.Length && format[at] == '(')
        {
            int close = format.IndexOf(')', at);
            if (close < 0) throw s.Error("incomplete format key");
            field.Key = format[(at + 1)..close];
            at = close + 1;
        }

        int flags = at;
        while (at < format.Length && "#0- +".Contains(format[at], StringComparison.Ordinal)) at++;
        field._flags = format[flags..at];
        field._width = Digits(s, format, ref at) ?? 0;
        if (at < format.Length && format[at] == '.')
        {
            at++;
            field._precision = Digits(s, format, ref at) ?? 0;
        }

        if (at >= format.Length) throw s.Error("incomplete format");
        field.Kind = format[at];
        field.End = at;
        return field;
    }

    public string Format(RenderState s, object value)
    {
        string body = Kind switch
        {
            's' => Cut(Texts.Of(s, value)),
            'r' or 'a' => Cut(Representation.Of(s, value)),
            'c' => Character(s, value),
            'd' or 'i' or 'u' => Number(s, Whole(s, value), 'd'),
            'x' or 'X' or 'o' => Number(s, value, Kind),
            'f' or 'F' or 'e' or 'E' or 'g' or 'G' => Number(s, value, Kind),
            _ => throw s.Error($"unsupported format character '{Kind}'"),
        };
        s.ReserveText(Math.Max(_width, body.Length));
        return _flags.Contains('-', StringComparison.Ordinal) ? body.PadRight(_width) : body.PadLeft(_width);
    }

    private static int? Digits(RenderState s, string format, ref int at)
    {
        int from = at;
        while (at < format.Length && char.IsAsciiDigit(format[at])) at++;
        if (at == from) return null;
        if (int.TryParse(format.AsSpan(from, at - from), CultureInfo.InvariantCulture, out int number)) return number;
        throw s.Error("the format's width is too big");
    }

    private string Cut(string text) => _precision is { } most && text.Length > most ? text[..most] : text;

    private static string Character(RenderState s, object value) => value switch
    {
        string text when CodePoints.Count(text) == 1 => text,
        long code and >= 0 and < 0x110000 and not (>= 0xd800 and < 0xe000) => char.ConvertFromUtf32((int)code),
        _ => throw s.Error("%c requires a character"),
    };

    private static object Whole(RenderState s, object value)
    {
        if (value is not double real) return value;
        if (Math.Abs(real) < 9e18) return Box.Of((long)Math.Truncate(real));
        throw Arithmetic.Overflow(s);
    }

    private string Number(RenderState s, object value, char kind)
    {
        string digits = NumberText.Magnitude(s, value, kind, _precision, _flags.Contains('#', StringComparison.Ordinal));
        if (kind is 'd' or 'x' or 'X' or 'o' && _precision is { } least) digits = digits.PadLeft(least, '0');
        string sign = NumberText.IsNegative(value) ? "-"
            : _flags.Contains('+', StringComparison.Ordinal) ? "+"
            : _flags.Contains(' ', StringComparison.Ordinal) ? " " : "";
        bool zeros = _flags.Contains('0', StringComparison.Ordinal) && !_flags.Contains('-', StringComparison.Ordinal);
        s.ReserveText(_width);
        return zeros ? sign + digits.PadLeft(Math.Max(_width - sign.Length, 0), '0') : sign + digits;
    }
}
