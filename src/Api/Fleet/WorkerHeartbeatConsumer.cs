using LocalAI.Pipeline.Messages.Workers;
using MassTransit;

namespace LocalAI.Pipeline.Api.Fleet;

/// <summary>Hears of the workers. A heartbeat that comes twice does nothing.</summary>
internal sealed class WorkerHeartbeatConsumer(WorkerFleet fleet) : IConsumer<WorkerHeartbeat>
{
    public Task Consume(ConsumeContext<WorkerHeartbeat> context)
    {
        fleet.Heard(context.Message);
        return Task.CompletedTask;
    }
}
