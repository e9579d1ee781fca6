using System.Net;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Workers;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Waiting_for_a_worker
{
    private const string Hi = """{"messages":[{"role":"user","content":"hi"}],"stream":true}""";

    [Fact]
    public async Task Full_line_with_workers_is_429_with_retry_after()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Dispatch:MaxQueued"] = "1" });
        server.Get<WorkerFleet>().Heard(Heartbeat(slots: 2));
        using var gone = new CancellationTokenSource();
        var first = server.ChatAsync(Hi, gone.Token);
        // In its consumer's hands, but not yet said to be taken.
        await server.Worker.NextJobAsync();

        using var response = await server.ChatAsync(Hi);

        var error = await response.ErrorAsync();
        Assert.Equal((429, "queue_full"), (error.Status, error.Code));
        Assert.Equal("1", response.Headers.RetryAfter!.ToString());
        Assert.Contains("0 of 2 slots of 1 workers are busy", error.Message, StringComparison.Ordinal);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task Full_line_without_workers_is_503()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Dispatch:MaxQueued"] = "1" });

        using var response = await server.ChatAsync("""{"messages":[{"role":"user","content":"hi"}],"n":2}""");

        var error = await response.ErrorAsync();
        Assert.Equal((503, "queue_full"), (error.Status, error.Code));
        Assert.Contains("no worker that serves it is running", error.Message, StringComparison.Ordinal);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal(0, server.Get<WaitingLines>().Of("tiny", Lane.Interactive).Count);
    }

    [Fact]
    public async Task Nobody_takes_it_in_time_is_503_after_pings_would_have_started()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Dispatch:QueueTimeout"] = "00:00:01" });

        using var response = await server.ChatAsync(Hi);

        var error = await response.ErrorAsync();
        Assert.Equal((503, "queue_timeout"), (error.Status, error.Code));
        Assert.NotNull(await server.Worker.NextCancellationAsync());
        Assert.Equal(0, server.Get<JobRelay>().Count);
    }

    [Fact]
    public async Task Quiet_stream_is_kept_open_with_pings()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Sse:PingInterval"] = "00:00:01" });
        var answering = server.ChatAsync(Hi);
        var job = await server.Worker.NextJobAsync();
        using var response = await answering.OrTimeout("the headers");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(": ping", await lines.ReadLineAsync().OrTimeout("a ping"));

        await job.FinishAsync();

        Assert.EndsWith("data: [DONE]\n\n", await lines.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_that_the_broker_calls_full_is_refused()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Dispatch:MaxQueued"] = "5" }, hasWorker: false);
        server.Get<WorkerFleet>().Heard(Heartbeat(slots: 1));
        var queue = QueueNames.Text("tiny", Lane.Interactive);
        for (var i = 0; i < 5; i++)
        {
            await server.Get<ICommandSender>().SendAsync(queue, RelayBench.Command(), TestTimeout.Token);
        }

        // The first look asks in the background; its answer is there at one of the next.
        using var gone = new CancellationTokenSource();
        var depths = server.Get<QueueDepths>();
        var timeout = TestTimeout.Token;
        while (depths.Latest(queue) is null)
        {
            timeout.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        using var response = await server.ChatAsync(Hi, gone.Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("5", response.Headers.RetryAfter!.ToString());
    }

    internal static WorkerHeartbeat Heartbeat(int slots) => new()
    {
        WorkerId = ScriptedWorker.Id,
        Pool = "text",
        At = DateTimeOffset.UnixEpoch,
        Leaving = false,
        Models = [new WorkerModelState { Name = "tiny", Slots = slots, SlotsBusy = 0, Loaded = true, Restarts = 3 }],
    };
}
