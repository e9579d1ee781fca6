using System.Globalization;

namespace LocalAI.Pipeline.FakeBackend;

/// <summary>
/// What a prompt tells the fake backend to do, written as <c>fake: key=value ...</c>. Keys: <c>tokens</c> (how many words in
/// all), <c>crash-after</c> (words of one call before the process kills itself), <c>stall-after</c> with <c>until</c> (words
/// before it waits for a file), <c>pause</c> (milliseconds between words), <c>fail</c> (a gRPC status by name), <c>split</c>
/// (bytes of a character come apart), <c>told</c> (it answers with
/// what it was sent besides text, instead of words).
/// </summary>
internal sealed record FakeScript
{
    private const string Marker = "fake:";

    public int Tokens { get; init; } = 10;

    public int? CrashAfter { get; init; }

    public int? StallAfter { get; init; }

    public string? Until { get; init; }

    public int PauseMilliseconds { get; init; }

    public string? Fail { get; init; }

    public bool Split { get; init; }

    public bool Told { get; init; }

    public static FakeScript From(string prompt)
    {
        var at = prompt.LastIndexOf(Marker, StringComparison.Ordinal);
        var script = new FakeScript();
        if (at < 0)
        {
            return script;
        }

        var line = prompt[(at + Marker.Length)..].Split('\n', '<')[0];
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = word.Split('=') is [var k, var v] ? (k, v) : (word, "");
            script = key switch
            {
                "tokens" => script with { Tokens = Number(value) },
                "crash-after" => script with { CrashAfter = Number(value) },
                "stall-after" => script with { StallAfter = Number(value) },
                "until" => script with { Until = value },
                "pause" => script with { PauseMilliseconds = Number(value) },
                "fail" => script with { Fail = value },
                "split" => script with { Split = true },
                "told" => script with { Told = true },
                _ => throw new ArgumentException($"The fake backend does not know '{key}'.", nameof(prompt)),
            };
        }

        return script;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
