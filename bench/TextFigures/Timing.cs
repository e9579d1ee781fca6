using System.Diagnostics;
using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.TextFigures;

/// <summary>Times a piece of work that takes microseconds.</summary>
internal static class Timing
{
    // Enough for the compiler's last tier.
    private const int WarmUp = 300;
    private const int Repetitions = 50;

    /// <summary>The median over the rounds, and the very first run, in milliseconds.</summary>
    public static (double Median, double First) Of(Action work, int rounds)
    {
        var first = Once(work, 1);
        for (var i = 0; i < WarmUp; i++)
        {
            work();
        }

        return (Statistics.Median([.. Enumerable.Range(0, rounds).Select(_ => Once(work, Repetitions))]), first);
    }

    private static double Once(Action work, int repetitions)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < repetitions; i++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / repetitions;
    }
}
