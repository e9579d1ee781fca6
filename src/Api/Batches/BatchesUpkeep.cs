using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.ObjectStorage;

namespace LocalAI.Pipeline.Api.Batches;

/// <summary>Removes old batches now and again.</summary>
internal sealed class BatchesUpkeep(BatchRemoval removal, TimeProvider time, ILogger<BatchesUpkeep> logger) : BackgroundService
{
    // They are kept for days; an hour more makes no difference.
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await removal.RemoveOldAsync(stoppingToken);
                await removal.RemoveOrphansAsync(stoppingToken);
            }
            catch (Exception e) when (e is ObjectStoreException || DatabaseErrors.IsLoss(e))
            {
                logger.RemovalFailed(e.Message);
            }
        }
    }
}
