using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>Work that outlives its client: accept it, look at it, follow it, cancel it, remove it, from any instance.</summary>
internal sealed class DurableJobs(
    DurableJobStore store, DurableJobCounts counts, DurableJobSender sender, DurableJobEnds ends, DurableJobFollowers followers, RelayOutbox outbox, DurableJobTerms terms)
{
    /// <summary>Accepts a job: when this returns it is in the database, and nothing but its deletion or its end removes it from there.</summary>
    /// <exception cref="ApiException">Too many jobs have not ended yet.</exception>
    public async Task<DurableJob> AcceptAsync(DurableJobOrder order, CancellationToken cancellationToken)
    {
        await counts.EnsureRoomAsync(cancellationToken);
        var job = terms.Apply(order);
        await store.AddAsync(job, cancellationToken);
        if (!await sender.TrySendAsync(job, cancellationToken))
        {
            await counts.MarkUnsentAsync(job.Id, cancellationToken);
        }

        return job;
    }

    /// <summary>The job as it is now; null where its owner has none of that id.</summary>
    public Task<DurableJob?> FindAsync(Guid id, string owner, CancellationToken cancellationToken) => store.FindAsync(id, owner, cancellationToken);

    /// <summary>How many jobs of the same model and lane wait before this one.</summary>
    public Task<int> CountBeforeAsync(DurableJob job, CancellationToken cancellationToken) => counts.CountBeforeAsync(job, cancellationToken);

    /// <summary>What a reader sees of the job, from its first delta on; ask <see cref="FindAsync"/> first whose it is.</summary>
    public DurableJobFollower Follow(DurableJob job) => followers.Follow(job.Id);

    /// <summary>
    /// Cancels a job that has not ended: its worker is told to stop, and what it sends from now on is refused. Again, or too
    /// late, it changes nothing.
    /// </summary>
    /// <returns>The job as it is afterwards; null where its owner has none of that id.</returns>
    public async Task<DurableJob?> CancelAsync(Guid id, string owner, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, owner, cancellationToken) is not { } job || job.HasEnded)
        {
            return await store.FindAsync(id, owner, cancellationToken);
        }

        var isCancelled = await store.TryEndAsync(id, new JobFailure { Code = FailureCode.Cancelled, Message = "The request was cancelled." }, cancellationToken);
        if (isCancelled)
        {
            outbox.Post(new JobCancellationRequested { JobId = id, Reason = "its owner cancelled it" });
        }

        await ends.TryFinishAsync(id, cancellationToken);
        return await store.FindAsync(id, owner, cancellationToken);
    }

    /// <summary>Removes a job with everything of it, and stops its worker if it has one.</summary>
    /// <returns>False where its owner has none of that id.</returns>
    public async Task<bool> DeleteAsync(Guid id, string owner, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(id, owner, cancellationToken))
        {
            return false;
        }

        outbox.Post(new JobCancellationRequested { JobId = id, Reason = "its owner deleted it" });
        followers.Wake(id);
        return true;
    }
}
