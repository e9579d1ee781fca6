using System.Diagnostics;

namespace LocalAI.Pipeline.Driving;

/// <summary>One round of streams against one target.</summary>
public static class Round
{
    /// <summary>Runs all streams at the same time and waits for the last.</summary>
    /// <param name="target">What is driven.</param>
    /// <param name="shape">How.</param>
    /// <param name="number">Chooses the prompts: the same number gives every target the same ones.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<RoundFigures> RunAsync(IStreamTarget target, LoadShape shape, int number, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(shape);
        var started = Stopwatch.GetTimestamp();
        var streams = Enumerable.Range(0, shape.Streams).Select(async stream =>
        {
            var times = new List<StreamTimes>();
            for (var request = 0; request < shape.Requests; request++)
            {
                var prompt = (((number * shape.Streams) + stream) * shape.Requests) + request + 1;
                times.Add(await target.StreamAsync(shape, Prompts.Create(prompt, shape.PromptWords), cancellationToken));
            }

            return times;
        });
        var all = (await Task.WhenAll(streams)).SelectMany(times => times).ToList();
        return RoundFigures.Of(all, Stopwatch.GetElapsedTime(started));
    }
}
