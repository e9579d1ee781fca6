using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Tests.Persistence;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.DurableJobs;

public sealed class DurableJobStoreTests
{
    private static readonly JobFailure Cancelled = new() { Code = FailureCode.Cancelled, Message = "cancelled" };

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Deltas_TwiceAndInAnyOrder_AreReadOnceAndWithoutAGap(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var job = await bench.AcceptAsync();
        Assert.Equal(1, (await bench.TakeAsync(job)).Attempt);

        await bench.SendAsync(job, 1, JobBench.Text(2, "c"), JobBench.Finish(3));
        Assert.Equal("", await bench.TextAsync(job));
        Assert.False(await bench.Ends.TryFinishAsync(job.Id, TestTimeout.Token));
        await bench.SendAsync(job, 1, JobBench.Text(0, "a"), JobBench.Text(0, "a"));
        Assert.Equal("a", await bench.TextAsync(job));
        var kept = await bench.SendAsync(job, 1, JobBench.Text(1, "b"), JobBench.Text(2, "not again"));

        Assert.Equal([job.Id], kept.Ending);
        Assert.Equal("abc", await bench.TextAsync(job));
        Assert.True(await bench.Ends.TryFinishAsync(job.Id, TestTimeout.Token));
        Assert.False(await bench.Ends.TryFinishAsync(job.Id, TestTimeout.Token));
        var row = await bench.RowAsync(job);
        Assert.Equal((DurableJobState.Completed, "\"abc\"", bench.Clock.GetUtcNow()), (row.State, row.Result, row.FinishedAt));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Attempt_AfterADeadWorker_GoesOnBehindTheLastDeltaAndFencesIt(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var job = await bench.AcceptAsync();
        await bench.TakeAsync(job);
        await bench.SendAsync(job, 1, JobBench.Text(0, "a"), JobBench.Text(1, "b"), JobBench.Text(3, "behind a gap"), JobBench.Finish(4));

        var second = await bench.TakeAsync(job, "w2", redelivered: true);
        Assert.Equal((true, 2, 2L, "ab", 2), (second.Wanted, second.Attempt, second.NextSequence, second.RawText, second.CompletionTokens));

        // What the dead worker sent arrives late.
        Assert.Empty((await bench.SendAsync(job, 1, JobBench.Text(2, "late"))).Advanced);
        await bench.SendAsync(job, 2, JobBench.Text(2, "c"));
        Assert.Equal("abc", await bench.TextAsync(job));
        await bench.SendAsync(job, 2, JobBench.Finish(3));
        Assert.True(await bench.Ends.TryFinishAsync(job.Id, TestTimeout.Token));
        Assert.Equal("\"abc\"", (await bench.RowAsync(job)).Result);
        Assert.False((await bench.TakeAsync(job, "w3", redelivered: true)).Wanted);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Command_ThatCameTwice_IsDroppedWhileAWorkerIsAtIt(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var job = await bench.AcceptAsync();
        await bench.TakeAsync(job);

        Assert.False((await bench.TakeAsync(job, "w2")).Wanted);
        bench.Clock.Advance(bench.Settings.SilenceTimeout);
        Assert.Equal(2, (await bench.TakeAsync(job, "w2")).Attempt);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task End_FromThisSide_WinsOverALateFinishAndKeepsWhatWasThere(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var job = await bench.AcceptAsync();
        await bench.TakeAsync(job);
        await bench.SendAsync(job, 1, JobBench.Text(0, "a"));

        Assert.True(await bench.Store.TryEndAsync(job.Id, Cancelled, TestTimeout.Token));
        Assert.False(await bench.Store.TryEndAsync(job.Id, Cancelled, TestTimeout.Token));
        Assert.Empty((await bench.SendAsync(job, 1, JobBench.Text(1, "late"), JobBench.Finish(2))).Advanced);
        Assert.True(await bench.Ends.TryFinishAsync(job.Id, TestTimeout.Token));
        var row = await bench.RowAsync(job);
        Assert.Equal((DurableJobState.Cancelled, "\"a\""), (row.State, row.Result));
        Assert.Equal([job.Id], (await bench.SendAsync(job, 1, JobBench.Text(1, "later"))).Unwanted);
        Assert.Equal("a", await bench.TextAsync(job));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Finish_BeforeACancel_IsNotOverwritten(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var job = await bench.AcceptAsync();
        await bench.TakeAsync(job);
        await bench.SendAsync(job, 1, JobBench.Text(0, "a"), JobBench.Finish(1));

        Assert.False(await bench.Store.TryEndAsync(job.Id, Cancelled, TestTimeout.Token));
        Assert.True(await bench.Ends.TryFinishAsync(job.Id, TestTimeout.Token));
        Assert.Equal(DurableJobState.Completed, (await bench.RowAsync(job)).State);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Attempts_UsedUp_FailTheJob(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var job = await bench.AcceptAsync();
        for (var attempt = 1; attempt <= bench.Settings.MaxAttempts; attempt++)
        {
            Assert.Equal(attempt, (await bench.TakeAsync(job, $"w{attempt}", redelivered: true)).Attempt);
        }

        Assert.False((await bench.TakeAsync(job, "last", redelivered: true)).Wanted);
        Assert.True(await bench.Ends.TryFinishAsync(job.Id, TestTimeout.Token));
        Assert.Equal(DurableJobState.Failed, (await bench.RowAsync(job)).State);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Job_OfAnotherOwner_IsNotThere(DatabaseProvider provider)
    {
        await using var bench = await JobBench.CreateAsync(provider);
        var job = await bench.AcceptAsync();
        Assert.Null(await bench.Store.FindAsync(job.Id, "another", TestTimeout.Token));
        Assert.False(await bench.Store.DeleteAsync(job.Id, "another", TestTimeout.Token));

        await bench.TakeAsync(job);
        await bench.SendAsync(job, 1, JobBench.Text(0, "a"));
        Assert.True(await bench.Store.DeleteAsync(job.Id, "owner", TestTimeout.Token));
        Assert.Equal("", await bench.TextAsync(job));
        Assert.Equal([job.Id], (await bench.SendAsync(job, 1, JobBench.Text(1, "b"))).Unwanted);
        Assert.Equal("", await bench.TextAsync(job));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Writers_OnManyInstancesAtOnce_LoseNothingAndWaitForNobodyInACircle(DatabaseProvider provider)
    {
        const int deltas = 60;
        await using var bench = await JobBench.CreateAsync(provider);
        var jobs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bench.AcceptAsync()));
        foreach (var job in jobs)
        {
            await bench.TakeAsync(job);
        }

        // Each writes some of every job's deltas, from both ends.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = writer; i < deltas; i += 4)
            {
                foreach (var job in writer % 2 == 0 ? jobs : jobs.Reverse())
                {
                    var sequence = writer < 2 ? i : deltas - 1 - (i - writer) - (3 - writer);
                    await bench.SendAsync(job, 1, JobBench.Text(sequence, "x"), JobBench.Text((sequence * 7) % deltas, "x"));
                }
            }

            foreach (var job in jobs)
            {
                await bench.SendAsync(job, 1, [.. Enumerable.Range(0, deltas).Where(i => i % 4 == writer).Select(i => JobBench.Text(i, "x"))]);
            }
        })));

        foreach (var job in jobs)
        {
            Assert.Equal(new string('x', deltas), await bench.TextAsync(job));
        }
    }
}
