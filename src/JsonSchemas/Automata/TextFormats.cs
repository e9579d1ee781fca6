using System.Collections.Frozen;

namespace LocalAI.Pipeline.JsonSchemas.Automata;

/// <summary>The formats of texts as regular expressions: the grammar and the check know the same.</summary>
internal static class TextFormats
{
    private const string Offset = "(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)";
    private const string Time = "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?" + Offset;
    private const string Label = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private const string Byte = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private const string Hex = "[0-9A-Fa-f]{1,4}";

    // Leap days only in leap years: those that 4 divides, but of the centuries only those that 400 divides.
    private const string Date = "(\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8]))" +
        "|(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)";

    private const string UriCharacter = "([A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})";

    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        // RFC 3339, without leap seconds.
        ["date"] = Date,
        ["time"] = Time,
        ["date-time"] = $"{Date}T{Time}",
        ["duration"] = "P(\\d+W|(\\d+Y(\\d+M(\\d+D)?)?|\\d+M(\\d+D)?|\\d+D)(T(\\d+H(\\d+M(\\d+S)?)?|\\d+M(\\d+S)?|\\d+S))?|T(\\d+H(\\d+M(\\d+S)?)?|\\d+M(\\d+S)?|\\d+S))",
        ["uuid"] = "[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}",
        // The forms of RFC 5321 and RFC 1123 that people use: no quoted names, no address literals.
        ["email"] = $"[A-Za-z0-9_+-]+(\\.[A-Za-z0-9_+-]+)*@({Label}\\.)+[A-Za-z]{{2,63}}",
        ["hostname"] = $"{Label}(\\.{Label})*",
        ["ipv4"] = $"({Byte}\\.){{3}}{Byte}",
        ["ipv6"] = $"(({Hex}:){{7}}{Hex}|({Hex}:){{1,7}}:|({Hex}:){{1,6}}:{Hex}|({Hex}:){{1,5}}(:{Hex}){{1,2}}|({Hex}:){{1,4}}(:{Hex}){{1,3}}" +
            $"|({Hex}:){{1,3}}(:{Hex}){{1,4}}|({Hex}:){{1,2}}(:{Hex}){{1,5}}|{Hex}:(:{Hex}){{1,6}}|:((:{Hex}){{1,7}}|:))",
        ["uri"] = $"[A-Za-z][A-Za-z0-9+.-]*:{UriCharacter}+(#{UriCharacter}*)?",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Known.Keys.Order(StringComparer.Ordinal);

    /// <returns>Null for a format that is not known.</returns>
    public static Pattern? Of(string format) => Known.TryGetValue(format, out var expression) ? PatternReader.Read($"^({expression})$") : null;
}
