using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>Keeps the deltas of frames, and that their workers live: one transaction for many frames.</summary>
internal sealed class FrameStore(IDbContextFactory<PipelineDatabase> databases, TimeProvider time)
{
    // Workers say that they live every 5 s; a row is not written for each.
    private static readonly TimeSpan SignInterval = TimeSpan.FromSeconds(4);

    public async Task<KeptFrames> KeepAsync(IReadOnlyList<DeltaFrame> frames, CancellationToken cancellationToken)
    {
        var entries = frames.SelectMany(frame => frame.Entries).ToLookup(entry => entry.JobId);
        Guid[] ids = [.. entries.Select(group => group.Key).Concat(frames.SelectMany(frame => frame.Alive)).Distinct().Order()];
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await RowLock.TakeAsync(database, ids, cancellationToken);
        var rows = await RowsAsync(database, ids, cancellationToken);

        var wanted = rows.SelectMany(row => entries[row.Id].Where(entry => entry.Attempt == row.Attempt && !(entry.Delta.Sequence > row.LastSequence))).ToList();
        await DeltaLog.AppendAsync(database, wanted.Select(entry => (entry.JobId, entry.Delta)), cancellationToken);
        foreach (var last in wanted.Where(entry => entry.Delta.IsLast))
        {
            await database.Set<DurableJob>().Where(job => job.Id == last.JobId && job.LastSequence == null)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.LastSequence, last.Delta.Sequence), cancellationToken);
        }

        // A worker of an older attempt may say that it lives, too; that only delays what would find its successor dead.
        Guid[] signs = [.. rows.Where(row => row.State == DurableJobState.InProgress && !(row.LastSignAt > now - SignInterval)).Select(row => row.Id)];
        if (signs.Length > 0)
        {
            await database.Set<DurableJob>().Where(job => signs.Contains(job.Id)).ExecuteUpdateAsync(set => set.SetProperty(job => job.LastSignAt, now), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        Guid[] advanced = [.. wanted.Select(entry => entry.JobId).Distinct()];
        var ending = rows.Where(row => row.LastSequence is not null).Select(row => row.Id).Concat(wanted.Where(entry => entry.Delta.IsLast).Select(entry => entry.JobId));
        return new KeptFrames(advanced, [.. ending.Intersect(advanced)], [.. ids.Except(rows.Select(row => row.Id))]);
    }

    private static Task<List<Row>> RowsAsync(PipelineDatabase database, Guid[] ids, CancellationToken cancellationToken) =>
        database.Set<DurableJob>().AsNoTracking()
            .Where(job => ids.Contains(job.Id) && (job.State == DurableJobState.Queued || job.State == DurableJobState.InProgress))
            .Select(job => new Row(job.Id, job.State, job.Attempt, job.LastSequence, job.LastSignAt))
            .ToListAsync(cancellationToken);

    private sealed record Row(Guid Id, DurableJobState State, int Attempt, long? LastSequence, DateTimeOffset? LastSignAt);
}
