using MassTransit;

namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>Declares what this process takes from the bus, the same way on every transport.</summary>
public interface IPipelineEndpoints
{
    /// <summary>
    /// A durable command queue (quorum on RabbitMQ) that several processes share. At most
    /// <paramref name="concurrency"/> messages are taken at once, none is hoarded.
    /// </summary>
    void CommandQueue(string queue, int concurrency, Action<IReceiveEndpointConfigurator> configure);

    /// <summary>A queue of this process alone that leaves with it: replies and events for one instance.</summary>
    void InstanceQueue(string queue, Action<IReceiveEndpointConfigurator> configure);
}
