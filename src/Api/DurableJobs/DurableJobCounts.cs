using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>How many jobs have not ended: counted once a second at most, so that a job's acceptance does not wait for it.</summary>
internal sealed class DurableJobCounts(IDbContextFactory<PipelineDatabase> databases, IOptions<DurableJobOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _counting = new(1, 1);
    private long? _countedAt;
    private int _unfinished;

    /// <exception cref="ApiException">429: there is no room for one more.</exception>
    public async Task EnsureRoomAsync(CancellationToken cancellationToken)
    {
        await _counting.WaitAsync(cancellationToken);
        try
        {
            if (_countedAt is not { } at || time.GetElapsedTime(at) >= FreshFor)
            {
                await using var database = await databases.CreateDbContextAsync(cancellationToken);
                _unfinished = await Waiting(database).CountAsync(cancellationToken);
                _countedAt = time.GetTimestamp();
            }

            if (_unfinished >= options.Value.MaxUnfinished)
            {
                throw new ApiException(FailureHttpTable.ToError(new JobFailure
                {
                    Code = FailureCode.QueueFull,
                    Message = $"{_unfinished} background jobs have not ended yet ({DurableJobOptions.SectionName}:{nameof(DurableJobOptions.MaxUnfinished)} is {options.Value.MaxUnfinished}).",
                }));
            }

            _unfinished++;
        }
        finally
        {
            _counting.Release();
        }
    }

    public async Task<int> CountBeforeAsync(DurableJob job, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<DurableJob>()
            .CountAsync(other => other.State == DurableJobState.Queued && other.Model == job.Model && other.Lane == job.Lane && other.CreatedAt < job.CreatedAt, cancellationToken);
    }

    /// <summary>The reconciler sends it.</summary>
    public async Task MarkUnsentAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Set<DurableJob>().Where(job => job.Id == id).ExecuteUpdateAsync(set => set.SetProperty(job => job.SentAt, (DateTimeOffset?)null), cancellationToken);
    }

    public void Dispose() => _counting.Dispose();

    private static IQueryable<DurableJob> Waiting(PipelineDatabase database) =>
        database.Set<DurableJob>().Where(job => job.State == DurableJobState.Queued || job.State == DurableJobState.InProgress);
}
