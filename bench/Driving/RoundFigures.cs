using System.Diagnostics;

namespace LocalAI.Pipeline.Driving;

/// <summary>The figures of one round.</summary>
public sealed record RoundFigures
{
    /// <summary>Tokens of all answers for each second of the round.</summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>Median time from a request to its first content, in milliseconds.</summary>
    public required double FirstTokenMs { get; init; }

    /// <summary>Median time between two parts of one answer, in milliseconds.</summary>
    public required double GapP50Ms { get; init; }

    /// <summary>The time between two parts that 1 in 100 exceeds, in milliseconds.</summary>
    public required double GapP99Ms { get; init; }

    /// <summary>Tokens in a part: above 1 where the target gathers.</summary>
    public required double TokensPerPart { get; init; }

    /// <summary>Mean tokens of a prompt.</summary>
    public required double PromptTokens { get; init; }

    /// <summary>Tokens of all answers.</summary>
    public required int Tokens { get; init; }

    /// <summary>The figures of these answers, which took so long together.</summary>
    public static RoundFigures Of(IReadOnlyList<StreamTimes> streams, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(streams);
        var tokens = streams.Sum(stream => stream.Tokens);
        var gaps = streams.SelectMany(stream => stream.Arrivals.Zip(stream.Arrivals.Skip(1), Milliseconds)).ToList();
        return new RoundFigures
        {
            TokensPerSecond = tokens / elapsed.TotalSeconds,
            FirstTokenMs = Statistics.Median([.. streams.Where(stream => stream.Arrivals.Count > 0).Select(stream => Milliseconds(stream.Started, stream.Arrivals[0]))]),
            GapP50Ms = Statistics.Median(gaps),
            GapP99Ms = Statistics.Percentile(gaps, 0.99),
            TokensPerPart = tokens / (double)Math.Max(1, streams.Sum(stream => stream.Arrivals.Count)),
            PromptTokens = streams.Average(stream => stream.PromptTokens),
            Tokens = tokens,
        };
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
