using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>Finds what was left lying, and claims it by a conditional update, so that of several instances one takes it up.</summary>
internal sealed class LeftJobs(IDbContextFactory<PipelineDatabase> databases, IOptions<DurableJobOptions> options, TimeProvider time)
{
    // A look's worth; the next look takes the next.
    private const int AtOnce = 200;

    /// <summary>Their last delta is in the log, and nobody made their end.</summary>
    public Task<List<Guid>> UnendedAsync(CancellationToken cancellationToken) => IdsAsync(
        job => (job.State == DurableJobState.Queued || job.State == DurableJobState.InProgress) && job.LastSequence != null, cancellationToken);

    /// <summary>They waited past their time.</summary>
    public Task<List<Guid>> LateAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return IdsAsync(job => job.State == DurableJobState.Queued && job.StartBefore < now && job.LastSequence == null, cancellationToken);
    }

    /// <summary>They have ended and are over their time.</summary>
    public Task<List<Guid>> ExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return IdsAsync(job => job.ExpiresAt < now && job.State != DurableJobState.Queued && job.State != DurableJobState.InProgress, cancellationToken);
    }

    /// <summary>Their worker was not heard of for too long, or since before a moment at which all were gone.</summary>
    public async Task<List<DurableJob>> ClaimSilentAsync(DateTimeOffset goneBefore, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var limit = Later(now - options.Value.SilenceTimeout, goneBefore);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var silent = await database.Set<DurableJob>().AsNoTracking()
            .Where(job => job.State == DurableJobState.InProgress && job.LastSignAt < limit && job.LastSequence == null)
            .OrderBy(job => job.CreatedAt).Take(AtOnce).ToListAsync(cancellationToken);
        return await ClaimAsync(silent, job => database.Set<DurableJob>()
            .Where(row => row.Id == job.Id && row.State == DurableJobState.InProgress && row.LastSignAt == job.LastSignAt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSignAt, now).SetProperty(row => row.SentAt, now).SetProperty(row => row.Worker, (string?)null), cancellationToken));
    }

    /// <summary>Their command was sent long ago or not at all, and no worker has asked for it.</summary>
    /// <param name="isLost">Whether the queue of such a job can no longer hold its command.</param>
    public async Task<List<DurableJob>> ClaimUnclaimedAsync(DateTimeOffset goneBefore, Func<DurableJob, Task<bool>> isLost, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var limit = Later(now - options.Value.ResendAfter, goneBefore);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = await database.Set<DurableJob>().AsNoTracking()
            .Where(job => job.State == DurableJobState.Queued && (job.SentAt == null || job.SentAt < limit) && job.LastSequence == null)
            .OrderBy(job => job.CreatedAt).Take(AtOnce).ToListAsync(cancellationToken);
        var lost = new List<DurableJob>();
        foreach (var job in waiting)
        {
            if (job.SentAt is null || job.SentAt < goneBefore || await isLost(job) || await IsOvertakenAsync(database, job, cancellationToken))
            {
                lost.Add(job);
            }
        }

        return await ClaimAsync(lost, job => database.Set<DurableJob>()
            .Where(row => row.Id == job.Id && row.State == DurableJobState.Queued && row.SentAt == job.SentAt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SentAt, now), cancellationToken));
    }

    /// <summary>Its command could not be sent: the next look finds it again.</summary>
    public async Task ReleaseAsync(DurableJob job, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Set<DurableJob>().Where(row => row.Id == job.Id && row.Attempt == job.Attempt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SentAt, (DateTimeOffset?)null).SetProperty(row => row.LastSignAt, job.LastSignAt), cancellationToken);
    }

    // A queue is worked off in order: what was sent well after it has begun.
    private async Task<bool> IsOvertakenAsync(PipelineDatabase database, DurableJob job, CancellationToken cancellationToken)
    {
        var later = job.SentAt + options.Value.ResendAfter;
        return await database.Set<DurableJob>().AnyAsync(
            other => other.State == DurableJobState.InProgress && other.Model == job.Model && other.Lane == job.Lane && other.SentAt > later, cancellationToken);
    }

    private async Task<List<Guid>> IdsAsync(System.Linq.Expressions.Expression<Func<DurableJob, bool>> which, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<DurableJob>().Where(which).OrderBy(job => job.CreatedAt).Select(job => job.Id).Take(AtOnce).ToListAsync(cancellationToken);
    }

    private static async Task<List<DurableJob>> ClaimAsync(List<DurableJob> jobs, Func<DurableJob, Task<int>> claim)
    {
        var claimed = new List<DurableJob>();
        foreach (var job in jobs)
        {
            if (await claim(job) == 1)
            {
                claimed.Add(job);
            }
        }

        return claimed;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
