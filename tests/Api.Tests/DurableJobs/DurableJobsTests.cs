using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Api.Tests.Persistence;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.RabbitMq;
using DurableJobsService = LocalAI.Pipeline.Api.DurableJobs.DurableJobs;

namespace LocalAI.Pipeline.Api.Tests.DurableJobs;

/// <summary>Durable jobs through whole instances: one in memory on SQLite, two over RabbitMQ on PostgreSQL.</summary>
public sealed class DurableJobsTests
{
    private static readonly TimeSpan Quiet = TestTimeout.Duration;

    [Fact]
    public async Task Job_OfOneProcess_IsFollowedFromItsStartToItsEnd()
    {
        await using var server = await ApiServer.StartDurableAsync(durableKinds: new EchoKind());
        var jobs = server.Get<DurableJobsService>();
        var accepted = await jobs.AcceptAsync(JobBench.Order(), TestTimeout.Token);
        var follower = jobs.Follow(accepted);
        var worker = await server.Worker.NextJobAsync();
        Assert.True((await follower.NextAsync(Quiet, TestTimeout.Token))[0].IsStart);

        await worker.TextAsync("Hel");
        Assert.Equal("Hel", Assert.Single(await follower.NextAsync(Quiet, TestTimeout.Token)).Delta!.Text);
        await worker.TextAsync("lo");
        await worker.FinishAsync();
        Assert.Equal("lo", (await ReadAsync(follower)).Text);

        var ended = await jobs.FindAsync(accepted.Id, "owner", TestTimeout.Token);
        Assert.Equal((DurableJobState.Completed, "\"Hello\"", 1), (ended!.State, ended.Result, ended.Attempt));
        var again = await ReadAsync(jobs.Follow(ended));
        Assert.Equal((true, "Hello", 3), (again.HasStarted, again.Text, again.Deltas));
    }

    [Fact]
    public async Task Job_CancelledInTheQueue_EndsWithoutAStartAndIsNotRun()
    {
        await using var server = await ApiServer.StartDurableAsync(hasWorker: false, durableKinds: new EchoKind());
        var jobs = server.Get<DurableJobsService>();
        var accepted = await jobs.AcceptAsync(JobBench.Order(), TestTimeout.Token);
        Assert.Null(await jobs.CancelAsync(accepted.Id, "another", TestTimeout.Token));
        Assert.Equal(DurableJobState.Cancelled, (await jobs.CancelAsync(accepted.Id, "owner", TestTimeout.Token))!.State);
        Assert.Equal(DurableJobState.Cancelled, (await jobs.CancelAsync(accepted.Id, "owner", TestTimeout.Token))!.State);
        var seen = await ReadAsync(jobs.Follow(accepted));
        Assert.Equal((false, "", 1), (seen.HasStarted, seen.Text, seen.Deltas));
    }

    [Fact]
    public async Task Jobs_OverTheLimit_AreRefused()
    {
        await using var server = await ApiServer.StartDurableAsync(new Dictionary<string, string?> { ["DurableJobs:MaxUnfinished"] = "1" }, hasWorker: false, durableKinds: new EchoKind());
        var jobs = server.Get<DurableJobsService>();
        await jobs.AcceptAsync(JobBench.Order(), TestTimeout.Token);
        var refused = await Assert.ThrowsAsync<LocalAI.Pipeline.Api.Errors.ApiException>(() => jobs.AcceptAsync(JobBench.Order(), TestTimeout.Token));
        Assert.Equal((429, "queue_full"), (refused.Error.Status, refused.Error.Code));
    }

    [Fact]
    public async Task Process_StartedAgainOnItsFile_TakesUpWhatItHadAccepted()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        DurableJob accepted;
        await using (var first = await ApiServer.StartDurableAsync(database.Settings, durableKinds: new EchoKind()))
        {
            accepted = await first.Get<DurableJobsService>().AcceptAsync(JobBench.Order(), TestTimeout.Token);
            await (await first.Worker.NextJobAsync()).TextAsync("before ");
        }

        await using var second = await ApiServer.StartDurableAsync(database.Settings, durableKinds: new EchoKind());
        var jobs = second.Get<DurableJobsService>();
        var worker = await second.Worker.NextJobAsync();
        Assert.Equal((2, 1L), worker.Start);
        await worker.TextAsync("after");
        await worker.FinishAsync();
        var seen = await ReadAsync(jobs.Follow(accepted));
        Assert.Equal("before after", seen.Text);
    }

    [Fact]
    public async Task Job_AcceptedOnOneInstance_IsFollowedAndCancelledOnAnother()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        var broker = await RabbitMqServer.SharedAsync();
        var settings = new Dictionary<string, string?>(database.Settings.Concat(broker.SettingsFor(await broker.CreateVirtualHostAsync())));
        await using var a = await ApiServer.StartDurableAsync(settings, durableKinds: new EchoKind());
        await using var b = await ApiServer.StartDurableAsync(settings, hasWorker: false, durableKinds: new EchoKind());
        var (onA, onB) = (a.Get<DurableJobsService>(), b.Get<DurableJobsService>());

        var completed = await onA.AcceptAsync(JobBench.Order(), TestTimeout.Token);
        var reading = ReadAsync(onB.Follow(completed));
        var worker = await a.Worker.NextJobAsync();
        const int words = 200;
        for (var word = 0; word < words; word++)
        {
            await worker.TextAsync($"w{word} ");
        }

        await worker.FinishAsync();
        var seen = await reading;
        Assert.Equal((true, string.Concat(Enumerable.Range(0, words).Select(word => $"w{word} ")), words + 1), (seen.HasStarted, seen.Text, seen.Deltas));
        Assert.Equal(DurableJobState.Completed, (await onB.FindAsync(completed.Id, "owner", TestTimeout.Token))!.State);

        var cancelled = await onA.AcceptAsync(JobBench.Order(), TestTimeout.Token);
        worker = await a.Worker.NextJobAsync();
        await worker.TextAsync("part");
        Assert.True((await onB.Follow(cancelled).NextAsync(Quiet, TestTimeout.Token)).Count > 0);
        Assert.Equal(DurableJobState.Cancelled, (await onB.CancelAsync(cancelled.Id, "owner", TestTimeout.Token))!.State);
        Assert.Equal(cancelled.Id, (await a.Worker.NextCancellationAsync()).JobId);
    }

    private static async Task<(bool HasStarted, string Text, int Deltas)> ReadAsync(DurableJobFollower follower)
    {
        var (hasStarted, text, deltas) = (false, "", 0);
        while (!follower.IsComplete)
        {
            foreach (var step in await follower.NextAsync(Quiet, TestTimeout.Token))
            {
                hasStarted |= step.IsStart;
                if (step.Delta is { } delta)
                {
                    text += delta.Text;
                    deltas++;
                }
            }
        }

        return (hasStarted, text, deltas);
    }
}
