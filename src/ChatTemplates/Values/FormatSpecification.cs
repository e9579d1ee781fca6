using System.Text.RegularExpressions;

namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's format specification: fill, alignment, sign, width, grouping, precision and kind.</summary>
internal static partial class FormatSpecification
{
    public static string Apply(RenderState s, object value, string specification)
    {
        if (specification.Length == 0) return Texts.Of(s, value);
        Match match = Grammar().Match(specification);
        if (!match.Success) throw s.Error($"invalid format specification '{specification}'");
        string kind = match.Groups["kind"].Value;
        int width = Number(s, match.Groups["width"].Value) ?? 0;
        int? precision = Number(s, match.Groups["precision"].Value);
        bool isNumber = value is long or double || (value is bool && kind.Length > 0);
        string sign = "";
        string body = isNumber
            ? NumberBody(s, value, kind, precision, match, out sign)
            : TextBody(s, value, kind, precision);
        return Align(s, sign, body, width, match, isNumber);
    }

    [GeneratedRegex(@"^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alt>#)?(?<zero>0)?(?<width>\d+)?(?<group>[,_])?(?:\.(?<precision>\d+))?(?<kind>[a-zA-Z%])?$",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Grammar();

    private static int? Number(RenderState s, string digits)
    {
        if (digits.Length == 0) return null;
        return int.TryParse(digits, CultureInfo.InvariantCulture, out int number) ? number : throw s.Error("the format's width is too big");
    }

    private static string TextBody(RenderState s, object value, string kind, int? precision)
    {
        if (kind is not ("" or "s") || value is not string text)
        {
            if (value is not (string or bool)) throw s.Error($"unsupported format for {TypeNames.Of(value)}");
            if (kind is not ("" or "s")) throw s.Error($"unknown format code '{kind}' for str");
            text = Texts.Of(s, value);
        }

        return precision is { } most && text.Length > most ? text[..most] : text;
    }

    private static string NumberBody(
        RenderState s, object value, string kind, int? precision, Match match, out string sign)
    {
        sign = NumberText.IsNegative(value) ? "-" : match.Groups["sign"].Value.TrimStart('-');
        bool alternate = match.Groups["alt"].Success;
        string digits = kind switch
        {
            "" when value is double real => precision is null ? FloatText.Of(Math.Abs(real)) : General(s, real, precision),
            "" => NumberText.Magnitude(s, value, 'd', null, alternate),
            "n" => NumberText.Magnitude(s, value, value is double ? 'g' : 'd', precision, alternate),
            _ when "dxXobfFeEgG%".Contains(kind, StringComparison.Ordinal) => NumberText.Magnitude(s, value, kind[0], precision, alternate),
            _ => throw s.Error($"unknown format code '{kind}' for {TypeNames.Of(value)}"),
        };
        return match.Groups["group"].Success ? Group(digits, match.Groups["group"].Value) : digits;
    }

    private static string General(RenderState s, double value, int? precision)
    {
        string text = NumberText.Magnitude(s, value, 'g', precision, false);
        return text.AsSpan().IndexOfAny('.', 'e', 'n') < 0 && precision > text.Length ? text + ".0" : text;
    }

    private static string Group(string digits, string separator)
    {
        int end = digits.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (end < 0) end = digits.Length;
        StringBuilder grouped = new(digits);
        for (int at = end - 3; at > 0; at -= 3) grouped.Insert(at, separator);
        return grouped.ToString();
    }

    private static string Align(RenderState s, string sign, string body, int width, Match match, bool isNumber)
    {
        s.ReserveText(Math.Max(width, body.Length));
        bool zero = match.Groups["zero"].Success;
        string align = match.Groups["align"].Success ? match.Groups["align"].Value
            : zero && isNumber ? "=" : isNumber ? ">" : "<";
        char fill = match.Groups["fill"].Success ? match.Groups["fill"].Value[0] : zero ? '0' : ' ';
        int missing = Math.Max(0, width - sign.Length - CodePoints.Count(body));
        return align switch
        {
            "<" => sign + body + new string(fill, missing),
            ">" => new string(fill, missing) + sign + body,
            "=" when isNumber => sign + new string(fill, missing) + body,
            "=" => throw s.Error("'=' alignment is not allowed for strings"),
            _ => new string(fill, missing / 2) + sign + body + new string(fill, missing - missing / 2),
        };
    }
}
