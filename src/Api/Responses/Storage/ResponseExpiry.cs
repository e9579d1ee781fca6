using LocalAI.Pipeline.Api.Persistence;

namespace LocalAI.Pipeline.Api.Responses.Storage;

/// <summary>Removes responses that are over their time, now and then: each instance does, and twice is no harm.</summary>
internal sealed class ResponseExpiry(ResponseStore store, TimeProvider time, ILogger<ResponseExpiry> logger) : BackgroundService
{
    // Retention is days: an hour more makes no difference.
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RemoveAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
            return;
        }
    }

    private async Task RemoveAsync(CancellationToken stopping)
    {
        try
        {
            var removed = await store.RemoveExpiredAsync(stopping);
            if (removed > 0)
            {
                logger.ResponsesExpired(removed);
            }
        }
        catch (Exception e) when (DatabaseErrors.IsLoss(e))
        {
            logger.ExpiryPostponed(e.GetBaseException().Message);
        }
    }
}
