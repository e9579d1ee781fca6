using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using LocalAI.Pipeline.Workers.Hosting.Tests.Harness;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Processes;

public sealed class BackendProcessTests
{
    [Fact]
    public async Task Start_OfOneThatEnds_SaysWhatItWrote()
    {
        using var folder = new BackendFolder("echo 'no GPU on this machine' >&2; exit 3");

        var failure = await Assert.ThrowsAsync<JobFailedException>(() => StartAsync(folder));

        Assert.Equal(FailureCode.LoadFailed, failure.Failure.Code);
        Assert.Contains("no GPU on this machine", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OfOneThatNeverAnswers_EndsInTimeAndLeavesNoProcess()
    {
        using var folder = new BackendFolder("echo 'reading the weights' >&2; sleep 1000 & wait");
        folder.Options.StartTimeout = TimeSpan.FromSeconds(1);

        var failure = await Assert.ThrowsAsync<JobFailedException>(() => StartAsync(folder));

        Assert.Equal(FailureCode.LoadFailed, failure.Failure.Code);
        Assert.Contains("was not ready in 1 s", failure.Message, StringComparison.Ordinal);
        Assert.Contains("reading the weights", failure.Message, StringComparison.Ordinal);
        await folder.WaitForProcessesAsync(0);
    }

    [Fact]
    public async Task Dispose_EndsTheBackendAndWhatItStarted()
    {
        using var folder = new BackendFolder($"sleep 1000 & {BackendFolder.FakeBackend}");
        var process = await StartAsync(folder);
        Assert.True(folder.Processes().Count > 2);

        await process.DisposeAsync();

        await folder.WaitForProcessesAsync(0);
        Assert.True(process.HasExited);
    }

    [Fact]
    public async Task Exited_AfterAKill_Completes()
    {
        using var folder = new BackendFolder();
        await using var process = await StartAsync(folder);

        ProcessSignal.Kill(folder.Backend());

        await process.Exited.OrTimeout("the exit");
    }

    private static Task<BackendProcess> StartAsync(BackendFolder folder) =>
        BackendProcess.StartAsync("fake", new BackendLocator(Options.Create(folder.Options), []).Find("fake"), folder.Options, TestTimeout.Token);
}
