using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>SIGSTOP: a process that is there and does nothing.</summary>
public sealed class Hanging_processes
{
    private const int WordsBefore = 20;
    private const int WordsInAll = 40;

    [Fact]
    public async Task A_backend_that_hangs_is_replaced_and_the_stream_goes_on()
    {
        var patience = Patience.Token();
        using var models = new FakeModels();
        var settings = new Dictionary<string, string>([.. models.Settings, new("Workers:Backends:SilenceTimeout", "00:00:01"), new("Workers:Backends:GreetingTimeout", "00:00:01")]);
        await using var host = await ServerProcess.StartAsync("Standalone", settings, patience);
        await host.WaitUntilReadyAsync(patience);
        var signal = models.Signal("go-on");

        await using var stream = await ChatStream.OpenAsync(host.Client, Request(signal), patience);
        var hanging = 0;
        var text = await ReadAsync(stream, async () =>
        {
            hanging = Assert.Single(BackendProcesses.Under(host.Id, "FakeBackend"));
            await Signals.SendAsync(hanging, "STOP", patience);
            await File.WriteAllTextAsync(signal, "", patience);
        }, patience);

        Assert.Equal(FakeModels.Words(0, WordsInAll), text);
        Assert.NotEqual(hanging, Assert.Single(BackendProcesses.Under(host.Id, "FakeBackend")));
        Assert.Contains("greets no new connection", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_hangs_is_relieved_and_what_it_says_later_is_not_believed()
    {
        var patience = Patience.Token();
        using var models = new FakeModels();
        var settings = new Dictionary<string, string>([.. models.Settings,
            new("Bus:HeartbeatInterval", "00:00:01"), new("Relay:SilenceTimeout", "00:00:02"), new("Workers:Deltas:AliveInterval", "00:00:00.5")]);
        await using var fleet = await Fleet.StartAsync(settings, workers: 2, patience);
        var signal = models.Signal("go-on");

        await using var stream = await ChatStream.OpenAsync(fleet.Api.Client, Request(signal), patience);
        var text = await ReadAsync(stream, async () =>
        {
            var hanging = Assert.Single(fleet.Workers, worker => BackendProcesses.Under(worker.Id, "FakeBackend").Count > 0);
            await Signals.SendAsync(hanging.Id, "STOP", patience);
            await fleet.Api.WaitForLineAsync(line => line.Contains("wanted: True, attempt 2", StringComparison.Ordinal), patience);

            // Both are at the same word, and both go on.
            await Signals.SendAsync(hanging.Id, "CONT", patience);
            await File.WriteAllTextAsync(signal, "", patience);
        }, patience);

        Assert.Equal(FakeModels.Words(0, WordsInAll), text);
        await Metrics.WaitForAsync(fleet.Api.Client, "slots_busy", 0, patience);
    }

    private static object Request(string signal) => ChatStream.Request("fake", $"fake: tokens={WordsInAll} stall-after={WordsBefore} until={signal}");

    /// <summary>The whole text; in the middle, while the backend waits, something happens.</summary>
    private static async Task<string> ReadAsync(ChatStream stream, Func<Task> inTheMiddle, CancellationToken patience)
    {
        var text = "";
        await foreach (var piece in stream.ReadTextAsync(patience))
        {
            text += piece;
            if (text == FakeModels.Words(0, WordsBefore))
            {
                await inTheMiddle();
            }
        }

        return text;
    }
}
