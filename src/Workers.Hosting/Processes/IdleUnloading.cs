using Microsoft.Extensions.Hosting;

namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>Looks every few seconds for models that nobody uses any more, and unloads all when the worker stops.</summary>
internal sealed class IdleUnloading(BackendPool pool, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await pool.UnloadIdleAsync();
        }
    }
}
