using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Responses.Background;

/// <summary>Tells queued responses how long they may wait.</summary>
internal sealed class QueueEstimates(DurableJobs.DurableJobs jobs, WorkerFleet fleet, IDbContextFactory<PipelineDatabase> databases)
{
    // Enough for a mean, and recent.
    private const int Samples = 20;

    /// <returns>Null where the job is not queued.</returns>
    public async Task<QueuePosition?> OfAsync(DurableJob job, CancellationToken cancellationToken)
    {
        if (job.State != DurableJobState.Queued)
        {
            return null;
        }

        var before = await jobs.CountBeforeAsync(job, cancellationToken);
        return new QueuePosition(before + 1, await EstimateAsync(job.Model, before, cancellationToken));
    }

    private async Task<int?> EstimateAsync(string model, int before, CancellationToken cancellationToken)
    {
        var slots = fleet.Slots(model);
        if (slots == 0)
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var last = await database.Set<DurableJob>().AsNoTracking()
            .Where(job => job.State == DurableJobState.Completed && job.Model == model && job.StartedAt != null && job.FinishedAt != null)
            .OrderByDescending(job => job.CreatedAt).Take(Samples).Select(job => new { job.StartedAt, job.FinishedAt }).ToListAsync(cancellationToken);
        return last.Count == 0 ? null : (int)Math.Ceiling(last.Average(job => (job.FinishedAt!.Value - job.StartedAt!.Value).TotalSeconds) * before / slots);
    }
}
