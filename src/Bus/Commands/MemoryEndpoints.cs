using MassTransit;

namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>Queues of the in-memory transport. They leave with the process, and so does what a consumer threw away.</summary>
internal sealed class MemoryEndpoints(IInMemoryBusFactoryConfigurator bus, MemoryQueues queues) : IPipelineEndpoints
{
    public void CommandQueue(string queue, int concurrency, Action<IReceiveEndpointConfigurator> configure)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1);
        queues.AddConsumer(queue);
        bus.ReceiveEndpoint(queue, endpoint =>
        {
            endpoint.PrefetchCount = concurrency;
            endpoint.ConcurrentMessageLimit = concurrency;
            endpoint.ConfigureConsumeTopology = false;
            endpoint.PublishFaults = false;
            endpoint.DiscardFaultedMessages();
            endpoint.DiscardSkippedMessages();
            configure(endpoint);
        });
    }

    public void InstanceQueue(string queue, Action<IReceiveEndpointConfigurator> configure) =>
        bus.ReceiveEndpoint(queue, endpoint =>
        {
            endpoint.PublishFaults = false;
            endpoint.DiscardFaultedMessages();
            endpoint.DiscardSkippedMessages();
            configure(endpoint);
        });
}
