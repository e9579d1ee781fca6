using MassTransit;
using MassTransit.Middleware;

namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>Queues on RabbitMQ.</summary>
internal sealed class RabbitMqEndpoints(IRabbitMqBusFactoryConfigurator bus) : IPipelineEndpoints
{
    public void CommandQueue(string queue, int concurrency, Action<IReceiveEndpointConfigurator> configure)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1);
        bus.ReceiveEndpoint(queue, endpoint =>
        {
            endpoint.Durable = true;
            endpoint.AutoDelete = false;
            SetArguments(endpoint, queue);
            endpoint.BindDeadLetterQueue(CommandQueueForm.ErrorQueue(queue), CommandQueueForm.ErrorQueue(queue), error => SetArguments(error, queue));

            // What waits beyond the free slots belongs to whichever worker frees one first.
            endpoint.PrefetchCount = concurrency;
            endpoint.ConcurrentMessageLimit = concurrency;
            endpoint.ConfigureConsumeTopology = false;
            endpoint.PublishFaults = false;
            endpoint.ConfigureError(pipe =>
            {
                pipe.UseFilter(new CommandFaultFilter());
                pipe.UseFilter(new GenerateFaultFilter());
                pipe.UseFilter(new ErrorTransportFilter());
            });
            configure(endpoint);
        });
    }

    public void InstanceQueue(string queue, Action<IReceiveEndpointConfigurator> configure) =>
        bus.ReceiveEndpoint(queue, endpoint =>
        {
            endpoint.Durable = false;
            endpoint.AutoDelete = true;
            endpoint.Exclusive = true;
            endpoint.PublishFaults = false;
            endpoint.DiscardFaultedMessages();
            endpoint.DiscardSkippedMessages();
            configure(endpoint);
        });

    private static void SetArguments(IRabbitMqQueueConfigurator configurator, string queue)
    {
        foreach (var (name, value) in CommandQueueForm.Arguments(queue))
        {
            configurator.SetQueueArgument(name, value);
        }
    }
}
