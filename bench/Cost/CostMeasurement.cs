using System.Globalization;
using System.Net.Sockets;
using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.Cost;

/// <summary>
/// What one token costs beside the engine: CPU time and managed allocations of every process, measured around rounds of
/// streams after a round that warms up.
/// </summary>
internal static class CostMeasurement
{
    /// <summary>How long started programs may take until they answer.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var target = arguments.Text("target", "http://127.0.0.1:8080");
        var commands = arguments.All("start");
        var ids = arguments.All("pid").Select(ParseId).ToList();
        var streams = arguments.Counts("streams", "1,8");
        var rounds = arguments.Count("rounds", 3);
        var shape = LoadArguments.Shape(arguments);
        var apiKey = arguments.Text("api-key");
        arguments.RefuseOthers();
        if (commands.Count + ids.Count == 0)
        {
            throw new BenchException("give --start COMMAND for what is to be measured, or --pid ID for what runs already (then without allocations)");
        }

        var probes = Directory.CreateTempSubdirectory("cost-");
        var programs = new List<StartedProgram>();
        try
        {
            programs.AddRange(commands.Select(command => StartedProgram.Start(command, probes.FullName)));
            await using var driven = new HttpTarget(target, apiKey);
            await WaitAsync(driven, shape, programs, cancellationToken);
            var table = new ProcessTable([.. ids, .. programs.Select(program => program.Id)], probes.FullName);
            foreach (var count in streams)
            {
                await MeasureAsync(driven, shape with { Streams = count }, rounds, table, output, cancellationToken);
            }
        }
        finally
        {
            foreach (var program in programs)
            {
                await program.DisposeAsync();
            }

            probes.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(
        HttpTarget target, LoadShape shape, int rounds, ProcessTable table, TextWriter output, CancellationToken cancellationToken)
    {
        await Round.RunAsync(target, shape, rounds, cancellationToken);
        var before = await table.ReadAsync(cancellationToken);
        var tokens = 0;
        for (var round = 0; round < rounds; round++)
        {
            tokens += (await Round.RunAsync(target, shape, round, cancellationToken)).Tokens;
        }

        var after = await table.ReadAsync(cancellationToken);
        await CostReport.WriteAsync(output, shape.Streams, tokens, before, after);
    }

    private static async Task WaitAsync(HttpTarget target, LoadShape shape, List<StartedProgram> programs, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartTime);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!programs.Any(program => program.HasExited))
        {
            try
            {
                await target.PrepareAsync(shape, limit.Token);
                return;
            }
            catch (HttpRequestException exception) when (exception.InnerException is SocketException)
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
        }

        throw new BenchException("a started program ended before it answered");
    }

    private static int ParseId(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw new BenchException($"--pid {text}: expected a process id");
}
