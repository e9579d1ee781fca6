using LocalAI.Pipeline.Bus.Commands;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAI.Pipeline.Bus;

/// <summary>Configures MassTransit without a broker.</summary>
internal static class MemoryBus
{
    public static void Configure(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator bus, List<BusParticipant> participants)
    {
        var queues = context.GetRequiredService<MemoryQueues>();
        bus.ConnectSendObserver(queues);
        bus.ConnectReceiveObserver(queues);
        bus.UseCompactJson();
        var endpoints = new MemoryEndpoints(bus, queues);
        participants.ForEach(participant => participant.ConfigureEndpoints(context, endpoints));
    }
}
