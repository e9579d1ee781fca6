using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>Waits for the store at the start, which fails where it cannot be used, and removes what dead writers left, then and now and again.</summary>
internal sealed class ObjectStoreUpkeep(IObjectStore store, IOptions<ObjectStoreOptions> options, TimeProvider time, ILogger<ObjectStoreUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (!await TryPrepareAsync(time.GetElapsedTime(began) >= options.Value.ConnectTimeout, cancellationToken))
        {
            await Task.Delay(Pause, time, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CleanUpInterval, time);
        do
        {
            await CleanUpAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TryPrepareAsync(bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            await store.PrepareAsync(cancellationToken);
            return true;
        }
        catch (ObjectStoreException e) when (!isLast && options.Value.Store == ObjectStoreKind.S3)
        {
            logger.WaitingForStore(e.Message);
            return false;
        }
    }

    private async Task CleanUpAsync(CancellationToken stoppingToken)
    {
        try
        {
            var removed = await store.RemoveLeftoversAsync(stoppingToken);
            if (removed > 0)
            {
                logger.LeftoversRemoved(removed);
            }
        }
        catch (ObjectStoreException e)
        {
            // The next time comes; a full store is not made fuller by waiting.
            logger.CleanUpFailed(e.Message);
        }
    }
}
