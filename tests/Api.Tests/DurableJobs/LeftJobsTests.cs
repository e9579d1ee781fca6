using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Tests.Persistence;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.DurableJobs;

public sealed class LeftJobsTests
{
    private static readonly Func<DurableJob, Task<bool>> Lost = _ => Task.FromResult(true);
    private static readonly Func<DurableJob, Task<bool>> Waiting = _ => Task.FromResult(false);

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task SilentWorker_ItsJobIsClaimedByOneInstanceAndTakenByTheNextWorker(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var job = await bench.AcceptAsync();
        await bench.TakeAsync(job);
        bench.Clock.Advance(bench.Settings.SilenceTimeout - TimeSpan.FromSeconds(1));
        Assert.Empty(await ClaimSilentAsync(bench));

        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        var claims = await Task.WhenAll(ClaimSilentAsync(bench), ClaimSilentAsync(bench), ClaimSilentAsync(bench));
        Assert.Equal([job.Id], claims.SelectMany(claimed => claimed).Select(claimed => claimed.Id));
        Assert.Equal(2, (await bench.TakeAsync(job, "w2")).Attempt);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Worker_ThatSaysThatItLives_KeepsItsJob(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var job = await bench.AcceptAsync();
        await bench.TakeAsync(job);
        bench.Clock.Advance(bench.Settings.SilenceTimeout);
        await bench.Frames.KeepAsync([new DeltaFrame { WorkerId = "w1", InstanceId = "durable", Entries = [], Alive = [job.Id] }], TestTimeout.Token);
        bench.Clock.Advance(bench.Settings.SilenceTimeout - TimeSpan.FromSeconds(1));
        Assert.Empty(await ClaimSilentAsync(bench));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Command_ThatIsLost_IsClaimedOnceAndOneThatWaitsIsNot(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var job = await bench.AcceptAsync();
        Assert.Empty(await bench.Left.ClaimUnclaimedAsync(default, Lost, TestTimeout.Token));
        bench.Clock.Advance(bench.Settings.ResendAfter + TimeSpan.FromSeconds(1));
        Assert.Empty(await bench.Left.ClaimUnclaimedAsync(default, Waiting, TestTimeout.Token));
        var claims = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => bench.Left.ClaimUnclaimedAsync(default, Lost, TestTimeout.Token)));
        Assert.Equal([job.Id], claims.SelectMany(claimed => claimed).Select(claimed => claimed.Id));

        // It could not be sent: the next look has it at once.
        await bench.Left.ReleaseAsync(job, TestTimeout.Token);
        Assert.Single(await bench.Left.ClaimUnclaimedAsync(default, Waiting, TestTimeout.Token));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Command_ThatALaterOneHasOvertaken_IsLost(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var lost = await bench.AcceptAsync();
        bench.Clock.Advance(bench.Settings.ResendAfter * 2);
        var later = await bench.AcceptAsync();
        await bench.TakeAsync(later);
        Assert.Equal([lost.Id], (await bench.Left.ClaimUnclaimedAsync(default, Waiting, TestTimeout.Token)).Select(job => job.Id));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task QueuesThatDiedWithTheirProcess_AllTheirJobsAreTakenUpAtOnce(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var (queued, taken) = (await bench.AcceptAsync(), await bench.AcceptAsync());
        await bench.TakeAsync(taken);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var restart = bench.Clock.GetUtcNow();
        Assert.Equal([taken.Id], (await bench.Left.ClaimSilentAsync(restart, TestTimeout.Token)).Select(job => job.Id));
        Assert.Equal([queued.Id], (await bench.Left.ClaimUnclaimedAsync(restart, Waiting, TestTimeout.Token)).Select(job => job.Id));
        Assert.True((await bench.TakeAsync(taken, "after the restart")).Wanted);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Job_ThatWaitedPastItsTime_IsLateAndThenEnded(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var job = await bench.AcceptAsync();
        bench.Clock.Advance(bench.Settings.QueueTimeout + TimeSpan.FromSeconds(1));
        Assert.Equal([job.Id], await bench.Left.LateAsync(TestTimeout.Token));
        Assert.True(await bench.Store.TryEndAsync(job.Id, new JobFailure { Code = FailureCode.QueueTimeout, Message = "late" }, TestTimeout.Token));
        Assert.Empty(await bench.Left.LateAsync(TestTimeout.Token));
        Assert.Equal([job.Id], await bench.Left.UnendedAsync(TestTimeout.Token));
        Assert.True(await bench.Ends.TryFinishAsync(job.Id, TestTimeout.Token));
        Assert.Empty(await bench.Left.UnendedAsync(TestTimeout.Token));
        Assert.Equal(DurableJobState.Failed, (await bench.RowAsync(job)).State);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Job_OverItsTime_IsExpiredOnceItHasEnded(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var (ended, open) = (await bench.AcceptAsync(), await bench.AcceptAsync());
        await bench.TakeAsync(ended);
        await bench.SendAsync(ended, 1, JobBench.Finish(0));
        await bench.Ends.TryFinishAsync(ended.Id, TestTimeout.Token);
        Assert.Empty(await bench.Left.ExpiredAsync(TestTimeout.Token));
        bench.Clock.Advance(bench.Settings.Retention + TimeSpan.FromSeconds(1));
        Assert.Equal([ended.Id], await bench.Left.ExpiredAsync(TestTimeout.Token));
        Assert.NotNull(await bench.Store.FindAsync(open.Id, "owner", TestTimeout.Token));
    }

    private static Task<List<DurableJob>> ClaimSilentAsync(JobBench bench) => bench.Left.ClaimSilentAsync(DateTimeOffset.MinValue, TestTimeout.Token);
}
