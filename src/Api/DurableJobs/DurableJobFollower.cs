using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>
/// What one reader sees of a job, on any instance: its start and all its deltas from 0 on, each once and without a gap, first
/// what is in the log and then what comes. The last delta is shown when the job's row has its end, so that whoever saw it
/// finds the result.
/// </summary>
internal sealed class DurableJobFollower(Guid id, IDbContextFactory<PipelineDatabase> databases, DurableJobWatch watch, DurableJobEnds ends, TimeSpan pollInterval, TimeProvider time)
{
    // A look's worth of memory and of the client's patience.
    private const int DeltasAtOnce = 256;

    private bool _isStartSeen;
    private bool _hasEnded;
    private long _next;

    /// <summary>Whether the last delta was shown, or the job is no more.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>What is new; empty after the quiet time without anything.</summary>
    public async Task<IReadOnlyList<DurableJobStep>> NextAsync(TimeSpan quietTime, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var news = watch.Next(id);
            var steps = await LookAsync(cancellationToken);
            if (_hasEnded)
            {
                // There are no news any more.
                watch.Forget(id);
            }

            var left = quietTime - time.GetElapsedTime(since);
            if (steps.Count > 0 || IsComplete || left <= TimeSpan.Zero)
            {
                return steps;
            }

            try
            {
                await news.WaitAsync(left < pollInterval ? left : pollInterval, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // Quiet, or the news were lost: look.
            }
        }
    }

    private async Task<IReadOnlyList<DurableJobStep>> LookAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);

        // Before the row: a delta of a worker is only there when its start is.
        var deltas = await DeltaLog.ReadAsync(database, id, _next, DeltasAtOnce, cancellationToken);
        var row = await database.Set<DurableJob>().AsNoTracking().Where(job => job.Id == id).Select(job => new { job.State, job.StartedAt }).FirstOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            (IsComplete, _hasEnded) = (true, true);
            return [];
        }

        var steps = new List<DurableJobStep>();
        if (!_isStartSeen && row.StartedAt is not null)
        {
            _isStartSeen = true;
            steps.Add(default);
        }

        _hasEnded = row.State is not (DurableJobState.Queued or DurableJobState.InProgress);
        if (deltas is [.., { IsLast: true }])
        {
            _hasEnded = IsComplete = _hasEnded || await HasEndedNowAsync(database, cancellationToken);
            if (!IsComplete)
            {
                deltas.RemoveAt(deltas.Count - 1);
            }
        }

        _next += deltas.Count;
        steps.AddRange(deltas.Select(delta => new DurableJobStep(delta)));
        return steps;
    }

    private async Task<bool> HasEndedNowAsync(PipelineDatabase database, CancellationToken cancellationToken) =>
        await ends.TryFinishAsync(id, cancellationToken)
        || !await database.Set<DurableJob>().AnyAsync(job => job.Id == id && (job.State == DurableJobState.Queued || job.State == DurableJobState.InProgress), cancellationToken);
}
