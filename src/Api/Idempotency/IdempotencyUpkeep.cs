using LocalAI.Pipeline.Api.Persistence;

namespace LocalAI.Pipeline.Api.Idempotency;

/// <summary>Forgets keys over their time.</summary>
internal sealed class IdempotencyUpkeep(IdempotentRequests requests, TimeProvider time, ILogger<IdempotencyUpkeep> logger) : BackgroundService
{
    // They take room for so much longer than they are good for.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await requests.DeleteExpiredAsync(stoppingToken);
            }
            catch (Exception e) when (DatabaseErrors.IsLoss(e))
            {
                logger.NotNoted(e.Message);
            }
        }
    }
}
