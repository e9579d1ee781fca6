using LocalAI.Pipeline.Api.Files;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Bus;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches.Rows;

/// <summary>
/// What whoever runs a batch does with its rows. Every change asks in the same statement whether this process still holds the
/// batch's lease: one that was stopped for so long that another took over changes nothing any more.
/// </summary>
internal sealed class LeasedBatches(IDbContextFactory<PipelineDatabase> databases, InstanceIdentity instance, IOptions<BatchesOptions> options, TimeProvider time)
{
    private const int ResultsAtOnce = 100;

    /// <summary>The oldest batches that nobody runs, but for some owners.</summary>
    public async Task<List<Batch>> WaitingAsync(IReadOnlyCollection<string> busyOwners, int most, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<Batch>().AsNoTracking()
            .Where(batch => (batch.State == BatchState.Validating || batch.State == BatchState.InProgress || batch.State == BatchState.Finalizing || batch.State == BatchState.Cancelling)
                && (batch.LeaseUntil == null || batch.LeaseUntil < now) && !busyOwners.Contains(batch.Owner))
            .OrderBy(batch => batch.CreatedAt).Take(most).ToListAsync(cancellationToken);
    }

    /// <summary>Takes the lease, where it is free or its holder is silent for too long.</summary>
    public async Task<bool> TryClaimAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<Batch>().Where(batch => batch.Id == id && batch.EndedAt == null && (batch.LeaseUntil == null || batch.LeaseUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(batch => batch.LeaseOwner, instance.Id).SetProperty(batch => batch.LeaseUntil, now + options.Value.LeaseDuration), cancellationToken) > 0;
    }

    /// <summary>Renews the lease, and returns the batch as it is; null where another process has it, or it is gone.</summary>
    public async Task<Batch?> RenewAsync(string id, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + options.Value.LeaseDuration;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var renewed = await Held(database, id).ExecuteUpdateAsync(set => set.SetProperty(batch => batch.LeaseUntil, until), cancellationToken);
        return renewed == 0 ? null : await database.Set<Batch>().AsNoTracking().SingleOrDefaultAsync(batch => batch.Id == id, cancellationToken);
    }

    /// <summary>Gives the lease back, so that the next process need not wait for its end.</summary>
    public async Task ReleaseAsync(string id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await Held(database, id).ExecuteUpdateAsync(set => set.SetProperty(batch => batch.LeaseUntil, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>The lines are good: they run.</summary>
    public async Task<bool> TryStartAsync(string id, int total, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Held(database, id).Where(batch => batch.State == BatchState.Validating).ExecuteUpdateAsync(
            set => set.SetProperty(batch => batch.State, BatchState.InProgress).SetProperty(batch => batch.InProgressAt, now).SetProperty(batch => batch.Total, total), cancellationToken) > 0;
    }

    /// <summary>The lines are wrong.</summary>
    public async Task<bool> TryFailAsync(string id, string errors, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Held(database, id).Where(batch => batch.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(batch => batch.State, BatchState.Failed).SetProperty(batch => batch.EndedAt, now).SetProperty(batch => batch.Errors, errors), cancellationToken) > 0;
    }

    /// <summary>No further line runs.</summary>
    public async Task<bool> TryFinalizeAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Held(database, id).Where(batch => batch.State == BatchState.InProgress).ExecuteUpdateAsync(
            set => set.SetProperty(batch => batch.State, BatchState.Finalizing).SetProperty(batch => batch.FinalizingAt, now), cancellationToken) > 0;
    }

    /// <summary>Ends a batch: its state, the rows of its output files and the end of its results are one.</summary>
    public async Task<bool> TryEndAsync(Batch batch, BatchState end, StoredFile? output, StoredFile? errors, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var outputId = output?.Id;
        var errorsId = errors?.Id;
        var changed = await Held(database, batch.Id).Where(other => other.State == batch.State).ExecuteUpdateAsync(
            set => set.SetProperty(other => other.State, end).SetProperty(other => other.EndedAt, now)
                .SetProperty(other => other.OutputFileId, outputId).SetProperty(other => other.ErrorFileId, errorsId), cancellationToken);
        if (changed == 0)
        {
            return false;
        }

        database.AddRange(new[] { output, errors }.OfType<StoredFile>());
        await database.SaveChangesAsync(cancellationToken);
        await database.Set<BatchResult>().Where(result => result.BatchId == batch.Id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Keeps the answers of some lines, and counts them.</summary>
    /// <returns>False where another process has the batch: then nothing is kept.</returns>
    public async Task<bool> TryKeepAsync(string id, IReadOnlyList<BatchResult> results, CancellationToken cancellationToken)
    {
        var completed = results.Count(result => result.IsSuccess);
        var failed = results.Count - completed;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        // The row stays locked until the commit, so that nobody takes the lease between the two.
        var counted = await Held(database, id).ExecuteUpdateAsync(
            set => set.SetProperty(batch => batch.Completed, batch => batch.Completed + completed).SetProperty(batch => batch.Failed, batch => batch.Failed + failed), cancellationToken);
        if (counted == 0)
        {
            return false;
        }

        database.AddRange(results);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The lines that have an answer.</summary>
    public async Task<HashSet<int>> FinishedLinesAsync(string id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<BatchResult>().Where(result => result.BatchId == id).Select(result => result.Line).ToHashSetAsync(cancellationToken);
    }

    /// <summary>The answers in the order of their lines, a page at a time.</summary>
    public async IAsyncEnumerable<BatchResult> ResultsAsync(string id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0;
        while (true)
        {
            var after = last;
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var page = await database.Set<BatchResult>().AsNoTracking().Where(result => result.BatchId == id && result.Line > after)
                .OrderBy(result => result.Line).Take(ResultsAtOnce).ToListAsync(cancellationToken);
            foreach (var result in page)
            {
                yield return result;
            }

            if (page.Count < ResultsAtOnce)
            {
                yield break;
            }

            last = page[^1].Line;
        }
    }

    private IQueryable<Batch> Held(PipelineDatabase database, string id) => database.Set<Batch>().Where(batch => batch.Id == id && batch.LeaseOwner == instance.Id);
}
