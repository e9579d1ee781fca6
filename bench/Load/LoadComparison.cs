using System.Globalization;
using LocalAI.Pipeline.BareEngine;
using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.Load;

/// <summary>
/// Drives one target, or two in turns. On a shared machine only what was measured in turns may be compared: whatever else
/// runs slows both.
/// </summary>
internal static class LoadComparison
{
    private const string BareEngine = "engine";

    public static async Task RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var model = LoadArguments.Model(arguments);
        var apiKey = arguments.Text("api-key");
        var names = arguments.All("target");
        var rounds = arguments.Count("rounds", 5);
        var streams = arguments.Counts("streams", "1,8");
        var shape = LoadArguments.Shape(arguments);
        arguments.RefuseOthers();
        if (names.Count is 0 or > 2)
        {
            throw new BenchException("give --target once, or twice to compare: a base URL, backend:unix:/path, backend:host:port or engine");
        }

        var targets = names.Select(name => name == BareEngine ? new BareTarget(name, model) : StreamTargets.Create(name, apiKey, model)).ToList();
        try
        {
            foreach (var count in streams)
            {
                var figures = await MeasureAsync(targets, shape with { Streams = count }, rounds, cancellationToken);
                await LoadReport.WriteAsync(output, targets, figures, Heading(shape with { Streams = count }, rounds));
            }
        }
        finally
        {
            foreach (var target in targets)
            {
                await target.DisposeAsync();
            }
        }
    }

    private static async Task<List<List<RoundFigures>>> MeasureAsync(
        List<IStreamTarget> targets, LoadShape shape, int rounds, CancellationToken cancellationToken)
    {
        foreach (var target in targets)
        {
            await target.PrepareAsync(shape, cancellationToken);
            // The first round warms code and connections up and is not counted.
            await Round.RunAsync(target, shape, rounds, cancellationToken);
        }

        var figures = targets.Select(_ => new List<RoundFigures>()).ToList();
        for (var round = 0; round < rounds; round++)
        {
            // Every other round the other way round: what slows down steadily must not favour the first.
            var order = Enumerable.Range(0, targets.Count);
            foreach (var index in round % 2 == 0 ? order : order.Reverse())
            {
                figures[index].Add(await Round.RunAsync(targets[index], shape, round, cancellationToken));
            }
        }

        return figures;
    }

    private static string Heading(LoadShape shape, int rounds) =>
        string.Create(CultureInfo.InvariantCulture, $"{shape.Streams} streams x {shape.Requests} requests, {shape.PromptWords} words in, {shape.OutputTokens} tokens out, {rounds} rounds");
}
