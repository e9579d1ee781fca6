using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Workers.Hosting.Jobs;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Jobs;

public sealed class JobRegistryTests : IDisposable
{
    private readonly JobRegistry _jobs = new();
    private readonly Guid _id = Guid.NewGuid();

    [Fact]
    public async Task Run_DeliveredAgainWhileItRuns_RunsOnceAndBothEnd()
    {
        var release = new TaskCompletionSource();
        var runs = 0;
        Task Run(RunningJob job)
        {
            runs++;
            return release.Task;
        }

        var first = _jobs.RunAsync(_id, Run, default);
        var second = _jobs.RunAsync(_id, Run, default);
        release.SetResult();
        await first.OrTimeout("the first delivery");
        await second.OrTimeout("the second delivery");

        Assert.Equal(1, runs);
        Assert.Equal(0, _jobs.Count);
    }

    [Fact]
    public async Task Run_DeliveryLost_TheJobGoesOnForTheNextOne()
    {
        var release = new TaskCompletionSource();
        using var lost = new CancellationTokenSource();
        var first = _jobs.RunAsync(_id, _ => release.Task, lost.Token);

        await lost.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = _jobs.RunAsync(_id, _ => throw new InvalidOperationException("It runs already."), default);
        release.SetResult();

        await second.OrTimeout("the second delivery");
    }

    [Fact]
    public async Task Cancel_ARunningJob_StopsItAndSaysThatItWasCancelled()
    {
        var cancelled = false;
        var run = _jobs.RunAsync(_id, async job =>
        {
            _jobs.Cancel(_id);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, job.Stopped));
            cancelled = job.IsCancelled;
        }, default);

        await run.OrTimeout("the job");
        Assert.True(cancelled);
    }

    [Fact]
    public async Task Cancel_BeforeTheCommandComes_TheJobNeverBegins()
    {
        _jobs.Cancel(_id);

        await _jobs.RunAsync(_id, _ => throw new InvalidOperationException("It must not begin."), default).OrTimeout("the delivery");
    }

    [Fact]
    public async Task StopAll_ARunningJob_IsStoppedButNotCancelled()
    {
        var began = new TaskCompletionSource();
        RunningJob? seen = null;
        var run = _jobs.RunAsync(_id, job =>
        {
            seen = job;
            began.SetResult();
            return Task.Delay(Timeout.Infinite, job.Stopped);
        }, default);
        await began.Task.OrTimeout("the job's begin");

        await _jobs.StopAllAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.OrTimeout("the job's end"));
        Assert.False(seen!.IsCancelled);
    }

    [Fact]
    public async Task Run_AJobThatFails_TellsItsDelivery() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => _jobs.RunAsync(_id, _ => throw new InvalidOperationException("no"), default).OrTimeout("the delivery"));

    public void Dispose() => _jobs.Dispose();
}
