using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Workers.Hosting.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Processes;

public sealed class BackendSupervisorTests
{
    [Fact]
    public async Task Get_ByManyAtOnce_IsOneStart()
    {
        using var folder = new BackendFolder();
        await using var supervisor = folder.Supervise(folder.Model());

        var processes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => supervisor.GetAsync(TestTimeout.Token)));

        Assert.Single(processes.Distinct());
        Assert.Equal(1, folder.Starts);
        Assert.True(supervisor.IsLoaded);
    }

    [Fact]
    public async Task Get_WhoseCallerLeaves_StartsForTheNext()
    {
        using var folder = new BackendFolder();
        await using var supervisor = folder.Supervise(folder.Model());
        using var cancel = new CancellationTokenSource();
        var first = supervisor.GetAsync(cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await supervisor.GetAsync(TestTimeout.Token);

        Assert.Equal(1, folder.Starts);
    }

    [Fact]
    public async Task Get_AfterADeath_StartsAgainAndCountsIt()
    {
        using var folder = new BackendFolder();
        await using var supervisor = folder.Supervise(folder.Model());
        var first = await supervisor.GetAsync(TestTimeout.Token);
        ProcessSignal.Kill(folder.Backend());
        await first.Exited.OrTimeout("the exit");
        Assert.False(supervisor.IsLoaded);

        var second = await supervisor.GetAsync(TestTimeout.Token);

        Assert.NotSame(first, second);
        Assert.Equal((1, 2), (supervisor.Restarts, folder.Starts));
        Assert.True(supervisor.IsLoaded);
    }

    [Fact]
    public async Task Get_OfAModelThatIsRefused_SaysWhyAndLeavesNoProcess()
    {
        using var folder = new BackendFolder();
        await using var supervisor = folder.Supervise(folder.Model("fake", "fail-load:true"));

        var failure = await Assert.ThrowsAsync<JobFailedException>(() => supervisor.GetAsync(TestTimeout.Token));

        Assert.Equal(FailureCode.LoadFailed, failure.Failure.Code);
        Assert.Contains("the fake model refuses to load", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the fake model refuses to load", supervisor.Problem, StringComparison.Ordinal);
        await folder.WaitForProcessesAsync(0);
    }

    [Fact]
    public async Task Get_OfAModelThatCrashesAgainAndAgain_ReportsItAndStartsItNoMoreForAWhile()
    {
        var time = new FakeTimeProvider();
        using var folder = new BackendFolder();
        folder.Options.CrashLimit = 3;
        await using var supervisor = folder.Supervise(folder.Model("fake", "crash-at-load:true"), time);

        for (var crash = 0; crash < 3; crash++)
        {
            var failure = await Assert.ThrowsAsync<JobFailedException>(() => supervisor.GetAsync(TestTimeout.Token));
            Assert.Equal(FailureCode.LoadFailed, failure.Failure.Code);
            Assert.Contains("the fake backend crashes at load", failure.Message, StringComparison.Ordinal);
        }

        var leftAlone = await Assert.ThrowsAsync<JobFailedException>(() => supervisor.GetAsync(TestTimeout.Token));
        Assert.Equal(FailureCode.BackendCrashed, leftAlone.Failure.Code);
        Assert.Contains("it died 3 times", leftAlone.Message, StringComparison.Ordinal);
        Assert.Contains("the fake backend crashes at load", supervisor.Problem, StringComparison.Ordinal);
        Assert.Equal(3, folder.Starts);

        time.Advance(folder.Options.CoolDown);
        await Assert.ThrowsAsync<JobFailedException>(() => supervisor.GetAsync(TestTimeout.Token));
        Assert.Equal(4, folder.Starts);
    }

    [Fact]
    public async Task Settle_AfterABrokenCallOfALiveProcess_KeepsIt()
    {
        using var folder = new BackendFolder();
        await using var supervisor = folder.Supervise(folder.Model());
        var process = await supervisor.GetAsync(TestTimeout.Token);

        await supervisor.SettleAsync(process, TestTimeout.Token);

        Assert.False(process.HasExited);
        Assert.Same(process, await supervisor.GetAsync(TestTimeout.Token));
    }

    [Fact]
    public async Task Settle_AfterABrokenCallOfAStoppedProcess_EndsIt()
    {
        using var folder = new BackendFolder();
        folder.Options.GreetingTimeout = TimeSpan.FromMilliseconds(200);
        await using var supervisor = folder.Supervise(folder.Model());
        var process = await supervisor.GetAsync(TestTimeout.Token);
        ProcessSignal.Stop(folder.Backend());

        await supervisor.SettleAsync(process, TestTimeout.Token);

        Assert.True(process.HasExited);
        Assert.NotSame(process, await supervisor.GetAsync(TestTimeout.Token));
    }

    [Fact]
    public async Task Dispose_EndsTheProcess()
    {
        using var folder = new BackendFolder();
        var supervisor = folder.Supervise(folder.Model());
        await supervisor.GetAsync(TestTimeout.Token);

        await supervisor.DisposeAsync();

        await folder.WaitForProcessesAsync(0);
    }
}
