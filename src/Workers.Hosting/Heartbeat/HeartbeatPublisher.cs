using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages.Workers;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using LocalAI.Pipeline.Workers.Hosting.Slots;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Workers.Hosting.Heartbeat;

/// <summary>Publishes <see cref="WorkerHeartbeat"/> for each pool of this worker, and a last one when it leaves.</summary>
internal sealed partial class HeartbeatPublisher(
    IEnumerable<ServedModels> pools, ICommandSender commands, InstanceIdentity worker, BackendPool backends, SlotGates gates,
    IOptions<HeartbeatOptions> options, TimeProvider time, ILogger<HeartbeatPublisher> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await PublishAsync(leaving: true, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        do
        {
            await PublishAsync(leaving: false, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PublishAsync(bool leaving, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var pool in pools)
            {
                await commands.PublishAsync(Describe(pool, leaving), cancellationToken);
            }
        }
        catch (BusUnavailableException exception)
        {
            // The next one tells the same and more.
            LogNotPublished(exception.Message);
        }
    }

    private WorkerHeartbeat Describe(ServedModels pool, bool leaving) => new()
    {
        WorkerId = worker.Id,
        Pool = pool.Pool,
        At = time.GetUtcNow(),
        Leaving = leaving,
        Models = [.. pool.Models().Select(Describe)],
    };

    private WorkerModelState Describe(ModelDefinition model)
    {
        var (loaded, restarts, problem) = backends.StateOf(model.Name);
        var gate = gates.Of(model);
        return new WorkerModelState { Name = model.Name, Slots = gate.Slots, SlotsBusy = gate.Busy, Loaded = loaded, Restarts = restarts, Problem = problem };
    }

    [LoggerMessage(3300, LogLevel.Warning, "A heartbeat could not be published: {Reason}")]
    private partial void LogNotPublished(string reason);
}
