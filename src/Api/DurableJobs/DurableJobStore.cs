using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>The rows of durable jobs and each change of their state.</summary>
internal sealed class DurableJobStore(IDbContextFactory<PipelineDatabase> databases, IOptions<DurableJobOptions> options, TimeProvider time)
{
    public async Task AddAsync(DurableJob job, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Add(job);
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <param name="owner">Null only where no caller is answered.</param>
    public async Task<DurableJob?> FindAsync(Guid id, string? owner, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<DurableJob>().AsNoTracking().FirstOrDefaultAsync(job => job.Id == id && (owner == null || job.Owner == owner), cancellationToken);
    }

    /// <summary>
    /// A worker took the command: opens the next attempt for it and goes on behind the last delta without a gap, or tells
    /// that the job is not wanted, because it has ended, another worker is at it, or too many have tried.
    /// </summary>
    public async Task<JobProgress> OpenAttemptAsync(GetJobProgress request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var job = await LockAsync(database, request.JobId, cancellationToken);
        if (job is null or { HasEnded: true } || IsSecondCopy(job, request, now))
        {
            return JobStream.Unwanted(request.JobId);
        }

        var deltas = await DeltaLog.ReadAsync(database, job.Id, 0, int.MaxValue, cancellationToken);
        if (deltas is [.., { IsLast: true }])
        {
            return JobStream.Unwanted(job.Id);
        }

        if (job.Attempt >= options.Value.MaxAttempts)
        {
            await EndAsync(database, job, deltas.Count, Exhausted(job), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return JobStream.Unwanted(job.Id);
        }

        await DeltaLog.CutAsync(database, job.Id, deltas.Count, cancellationToken);
        await database.Set<DurableJob>().Where(row => row.Id == job.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, DurableJobState.InProgress).SetProperty(row => row.Attempt, job.Attempt + 1).SetProperty(row => row.Worker, request.WorkerId)
                .SetProperty(row => row.StartedAt, job.StartedAt ?? now).SetProperty(row => row.LastSignAt, now).SetProperty(row => row.LastSequence, (long?)null),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new JobProgress
        {
            JobId = job.Id,
            Wanted = true,
            Attempt = job.Attempt + 1,
            NextSequence = deltas.Count,
            RawText = string.Concat(deltas.Select(delta => delta.RawText)),
            CompletionTokens = deltas.Sum(delta => delta.Tokens),
        };
    }

    /// <summary>Ends a job from this side: its last delta is the failure, and deltas of its worker are refused from now on.</summary>
    /// <returns>False where it had ended before, or its own end is in the log already.</returns>
    public async Task<bool> TryEndAsync(Guid id, JobFailure failure, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(database, id, cancellationToken) is not { HasEnded: false } job)
        {
            return false;
        }

        var deltas = await DeltaLog.ReadAsync(database, id, 0, int.MaxValue, cancellationToken);
        if (deltas is [.., { IsLast: true }])
        {
            return false;
        }

        await EndAsync(database, job, deltas.Count, failure, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>All deltas of a job whose end is in the log without a gap; null where it is not, or the job has ended.</summary>
    public async Task<(DurableJob Job, List<GenerationDelta> Deltas)?> FindCompleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var job = await database.Set<DurableJob>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id && row.LastSequence != null, cancellationToken);
        if (job is null or { HasEnded: true })
        {
            return null;
        }

        var deltas = await DeltaLog.ReadAsync(database, id, 0, int.MaxValue, cancellationToken);
        return deltas is [.., { IsLast: true }] ? (job, deltas) : null;
    }

    /// <summary>The one change to a state that ends a job.</summary>
    public async Task<bool> TryFinishAsync(DurableJob job, DurableJobOutcome outcome, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<DurableJob>()
            .Where(row => row.Id == job.Id && row.Attempt == job.Attempt && (row.State == DurableJobState.Queued || row.State == DurableJobState.InProgress))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, outcome.State).SetProperty(row => row.Result, outcome.Result).SetProperty(row => row.FinishedAt, now), cancellationToken) == 1;
    }

    /// <summary>Removes a job with its deltas. Row first: whoever writes to the log holds the row.</summary>
    public async Task<bool> DeleteAsync(Guid id, string? owner, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Set<DurableJob>().Where(job => job.Id == id && (owner == null || job.Owner == owner)).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        await DeltaLog.CutAsync(database, id, 0, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<DurableJob?> LockAsync(PipelineDatabase database, Guid id, CancellationToken cancellationToken)
    {
        await RowLock.TakeAsync(database, [id], cancellationToken);
        return await database.Set<DurableJob>().AsNoTracking().FirstOrDefaultAsync(job => job.Id == id, cancellationToken);
    }

    private static async Task EndAsync(PipelineDatabase database, DurableJob job, long next, JobFailure failure, CancellationToken cancellationToken)
    {
        await DeltaLog.CutAsync(database, job.Id, next, cancellationToken);
        await DeltaLog.AppendAsync(database, [(job.Id, new GenerationDelta { Sequence = next, Failure = failure })], cancellationToken);
        await database.Set<DurableJob>().Where(row => row.Id == job.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSequence, next).SetProperty(row => row.Attempt, job.Attempt + 1), cancellationToken);
    }

    // A job without a worker was taken from a silent one, and its command sent again.
    private bool IsSecondCopy(DurableJob job, GetJobProgress request, DateTimeOffset now) =>
        !request.Redelivered && job is { State: DurableJobState.InProgress, Worker: not null } && job.LastSignAt > now - options.Value.SilenceTimeout;

    private static JobFailure Exhausted(DurableJob job) => new()
    {
        Code = FailureCode.AttemptsExhausted,
        Message = $"{job.Attempt} workers were interrupted while they worked on this request, and no further one may try: see their logs, or the backend's, for what it does to them.",
    };
}
