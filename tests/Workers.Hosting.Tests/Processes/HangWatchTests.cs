using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using LocalAI.Pipeline.Workers.Hosting.Tests.Harness;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Processes;

public sealed class HangWatchTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Process_ThatIsStoppedDuringACall_IsEnded()
    {
        using var folder = Impatient();
        await using var supervisor = folder.Supervise(folder.Model());
        var process = await supervisor.GetAsync(TestTimeout.Token);
        await using var stream = Stall(folder, process).GetAsyncEnumerator(TestTimeout.Token);
        Assert.True(await stream.MoveNextAsync());
        ProcessSignal.Stop(folder.Backend());

        var failure = await Assert.ThrowsAsync<BackendCallException>(async () => await stream.MoveNextAsync());

        Assert.Equal(GrpcStatus.Unavailable, failure.Status);
        await process.Exited.OrTimeout("the exit");
        Assert.Contains(folder.Logs.Entries, entry => entry.Message.Contains("greets no new connection", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Process_ThatIsSilentButGreets_IsLeftToItsWork()
    {
        using var folder = Impatient();
        await using var supervisor = folder.Supervise(folder.Model());
        var process = await supervisor.GetAsync(TestTimeout.Token);
        await using var stream = Stall(folder, process).GetAsyncEnumerator(TestTimeout.Token);
        Assert.True(await stream.MoveNextAsync());
        var second = stream.MoveNextAsync().AsTask();

        // Silent for several of its time-outs, each of which asks for the greeting.
        using var poll = new PeriodicTimer(Moment);
        while (process.Client.Silence.Shortest < 4 * Moment)
        {
            await poll.WaitForNextTickAsync(TestTimeout.Token);
        }

        Assert.False(process.HasExited);
        await File.WriteAllTextAsync(folder.Signal, "");
        Assert.True(await second);
    }

    [Fact]
    public async Task Process_WithACallThatIsStuck_IsEnded()
    {
        using var folder = Impatient();
        folder.Options.StallTimeout = TimeSpan.FromSeconds(1);
        await using var supervisor = folder.Supervise(folder.Model());
        var process = await supervisor.GetAsync(TestTimeout.Token);
        await using var stream = Stall(folder, process).GetAsyncEnumerator(TestTimeout.Token);
        Assert.True(await stream.MoveNextAsync());

        await Assert.ThrowsAsync<BackendCallException>(async () => await stream.MoveNextAsync());

        await process.Exited.OrTimeout("the exit");
        Assert.Contains(folder.Logs.Entries, entry => entry.Message.Contains("StallTimeout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backend_Elsewhere_ThatHangs_IsGivenUp()
    {
        using var folder = Impatient();
        await using var started = folder.Supervise(folder.Model());
        var child = await started.GetAsync(TestTimeout.Token);
        folder.Options.External["elsewhere"] = child.Client.Address.ToString();
        folder.Options.SilenceTimeout = Moment;
        await using var supervisor = folder.Supervise(folder.Model("other") with { Backend = "elsewhere" });
        var process = await supervisor.GetAsync(TestTimeout.Token);
        await using var stream = Stall(folder, process).GetAsyncEnumerator(TestTimeout.Token);
        Assert.True(await stream.MoveNextAsync());
        ProcessSignal.Stop(folder.Backend());

        await Assert.ThrowsAsync<BackendCallException>(async () => await stream.MoveNextAsync());

        Assert.True(process.HasExited);
        Assert.Null(process.ProcessId);
    }

    private static BackendFolder Impatient()
    {
        var folder = new BackendFolder();
        folder.Options.SilenceTimeout = Moment;
        folder.Options.GreetingTimeout = Moment;
        return folder;
    }

    private static IAsyncEnumerable<Reply> Stall(BackendFolder folder, BackendProcess process) =>
        process.Client.PredictStreamAsync(new PredictOptions { Prompt = $"fake: tokens=3 stall-after=1 until={folder.Signal}" }, TestTimeout.Token);
}
