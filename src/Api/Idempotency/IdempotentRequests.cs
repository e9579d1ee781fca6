using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Idempotency;

/// <summary>The rows of requests that may come again. Of two that come at once the database lets one be the first.</summary>
internal sealed class IdempotentRequests(IDbContextFactory<PipelineDatabase> databases, IOptions<IdempotencyOptions> options, TimeProvider time)
{
    /// <summary>Makes this run the first of its key.</summary>
    /// <returns>Null where it is; else the one that was there.</returns>
    public async Task<IdempotentRequest?> BeginAsync(string owner, string key, string fingerprint, string run, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var found = await FindAsync(database, owner, key, cancellationToken);
        if (found is null)
        {
            return await TryAddAsync(database, NewRow(owner, key, fingerprint, run, now), cancellationToken) ? null : await FindAsync(database, owner, key, cancellationToken) ?? NewRow(owner, key, fingerprint, "", now);
        }

        var isFree = found.ExpiresAt <= now || (found.Status is null && found.LeaseUntil <= now && found.Fingerprint == fingerprint);
        return isFree && await TryTakeAsync(database, found, fingerprint, run, now, cancellationToken) ? null : found;
    }

    /// <summary>Says that the run lives.</summary>
    public async Task RenewAsync(string owner, string key, string run, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + options.Value.LeaseDuration;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await Of(database, owner, key, run).ExecuteUpdateAsync(set => set.SetProperty(request => request.LeaseUntil, until), cancellationToken);
    }

    /// <summary>Remembers the run's answer.</summary>
    public async Task KeepAsync(string owner, string key, string run, int status, string? contentType, byte[] body, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await Of(database, owner, key, run).ExecuteUpdateAsync(
            set => set.SetProperty(request => request.Status, status).SetProperty(request => request.ContentType, contentType).SetProperty(request => request.Body, body), cancellationToken);
    }

    /// <summary>Forgets the run: the next request is the first.</summary>
    public async Task ForgetAsync(string owner, string key, string run, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await Of(database, owner, key, run).ExecuteDeleteAsync(cancellationToken);
    }

    public async Task<int> DeleteExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<IdempotentRequest>().Where(request => request.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
    }

    private static IQueryable<IdempotentRequest> Of(PipelineDatabase database, string owner, string key, string run) =>
        database.Set<IdempotentRequest>().Where(request => request.Owner == owner && request.Key == key && request.Run == run);

    private static Task<IdempotentRequest?> FindAsync(PipelineDatabase database, string owner, string key, CancellationToken cancellationToken) =>
        database.Set<IdempotentRequest>().AsNoTracking().SingleOrDefaultAsync(request => request.Owner == owner && request.Key == key, cancellationToken);

    /// <summary>False where another one was faster.</summary>
    private static async Task<bool> TryAddAsync(PipelineDatabase database, IdempotentRequest row, CancellationToken cancellationToken)
    {
        try
        {
            database.Add(row);
            await database.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (!DatabaseErrors.IsLoss(e))
        {
            database.ChangeTracker.Clear();
            return false;
        }
    }

    private IdempotentRequest NewRow(string owner, string key, string fingerprint, string run, DateTimeOffset now) => new()
    {
        Owner = owner,
        Key = key,
        Fingerprint = fingerprint,
        Run = run,
        LeaseUntil = now + options.Value.LeaseDuration,
        ExpiresAt = now + options.Value.KeepFor,
    };

    private async Task<bool> TryTakeAsync(PipelineDatabase database, IdempotentRequest found, string fingerprint, string run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (lease, expires) = (now + options.Value.LeaseDuration, now + options.Value.KeepFor);
        return await Of(database, found.Owner, found.Key, found.Run).ExecuteUpdateAsync(
            set => set.SetProperty(request => request.Run, run).SetProperty(request => request.Fingerprint, fingerprint)
                .SetProperty(request => request.LeaseUntil, lease).SetProperty(request => request.ExpiresAt, expires)
                .SetProperty(request => request.Status, (int?)null).SetProperty(request => request.ContentType, (string?)null).SetProperty(request => request.Body, (byte[]?)null),
            cancellationToken) > 0;
    }
}
