using LocalAI.Pipeline.Api.Files;
using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Batches.Rows;

/// <summary>What callers do with batches.</summary>
internal sealed class BatchStore(IDbContextFactory<PipelineDatabase> databases, TimeProvider time)
{
    public async Task AddAsync(Batch batch, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Add(batch);
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task<Batch?> FindAsync(string owner, BatchKind kind, string id, CancellationToken cancellationToken)
    {
        if (!TimeOrderedId.Is(id, BatchIds.Prefix(kind)))
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Of(database, owner, kind).SingleOrDefaultAsync(batch => batch.Id == id, cancellationToken);
    }

    /// <summary>A page, and one batch more where there is one.</summary>
    public async Task<List<Batch>> ListAsync(string owner, BatchKind kind, BatchPage page, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var batches = Of(database, owner, kind);
        if (page.Before is { } before)
        {
            batches = batches.Where(batch => batch.Id.CompareTo(before) < 0);
        }

        if (page.After is { } after)
        {
            return await batches.Where(batch => batch.Id.CompareTo(after) > 0).OrderBy(batch => batch.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        }

        return await batches.OrderByDescending(batch => batch.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
    }

    /// <summary>Cancels a batch that has not come to its end; whoever runs it, or the next who looks, writes what is done.</summary>
    public async Task CancelAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Set<Batch>().Where(batch => batch.Id == id && (batch.State == BatchState.Validating || batch.State == BatchState.InProgress))
            .ExecuteUpdateAsync(set => set.SetProperty(batch => batch.State, BatchState.Cancelling).SetProperty(batch => batch.CancellingAt, now), cancellationToken);
    }

    /// <summary>Deletes a batch that has ended.</summary>
    public async Task<bool> DeleteEndedAsync(string id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<Batch>().Where(batch => batch.Id == id && batch.EndedAt != null).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    /// <summary>Whether there is such a batch, whosever it is.</summary>
    public async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<Batch>().AnyAsync(batch => batch.Id == id, cancellationToken);
    }

    /// <summary>Some batches that ended long ago.</summary>
    public async Task<List<string>> EndedBeforeAsync(DateTimeOffset then, int most, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<Batch>().Where(batch => batch.EndedAt < then).OrderBy(batch => batch.EndedAt).Select(batch => batch.Id).Take(most).ToListAsync(cancellationToken);
    }

    private static IQueryable<Batch> Of(PipelineDatabase database, string owner, BatchKind kind) =>
        database.Set<Batch>().AsNoTracking().Where(batch => batch.Owner == owner && batch.Kind == kind);
}
