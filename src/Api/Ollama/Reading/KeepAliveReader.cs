using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Ollama.Reading;

/// <summary>
/// <c>keep_alive</c>: seconds, or Go's durations such as <c>1h30m</c>; negative is for ever. It makes no difference: how long a model stays in memory
/// is the worker's to decide (<c>Workers:Backends:IdleTimeout</c>), because it is there for all callers.
/// </summary>
internal static partial class KeepAliveReader
{
    private const int Longest = 64;

    // A hundred years: for ever, to everybody.
    private const double MostSeconds = 3_153_600_000;

    /// <returns>Null where there is none; the longest time for what is for ever.</returns>
    public static TimeSpan? Read(FieldReader fields) => fields.Take("keep_alive") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var seconds) => Seconds(seconds),
        { ValueKind: JsonValueKind.String } text => Seconds(Parse(text.GetString()!)),
        { } other => throw RequestErrors.WrongType("keep_alive", "a number of seconds or a duration such as '5m'", FieldReader.Kind(other)),
    };

    private static TimeSpan Seconds(double seconds) => seconds < 0 || seconds > MostSeconds ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);

    private static double Parse(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds))
        {
            return seconds;
        }

        var parts = text.Length <= Longest ? Duration().Match(text) : Match.Empty;
        if (!parts.Success)
        {
            throw RequestErrors.WrongValue("keep_alive", "is no duration such as '5m', '1h30m' or '-1'.");
        }

        var sum = parts.Groups["number"].Captures.Zip(parts.Groups["unit"].Captures, (number, unit) => double.Parse(number.Value, CultureInfo.InvariantCulture) * Unit(unit.Value)).Sum();
        return parts.Groups["sign"].Value == "-" ? -sum : sum;
    }

    private static double Unit(string name) => name switch
    {
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        "ms" => 1e-3,
        "us" or "µs" => 1e-6,
        _ => 1e-9,
    };

    [GeneratedRegex(@"\A(?<sign>[+-]?)(?:(?<number>[0-9]+(?:\.[0-9]*)?)(?<unit>h|ms|m|s|us|µs|ns))+\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();
}
