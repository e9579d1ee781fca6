using LocalAI.Pipeline.Bus.Commands;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Bus;

/// <summary>Configures MassTransit on RabbitMQ.</summary>
internal static class RabbitMqBus
{
    public static void Configure(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus, List<BusParticipant> participants)
    {
        var options = context.GetRequiredService<IOptions<BusOptions>>().Value;
        var identity = context.GetRequiredService<InstanceIdentity>();
        bus.Host(options.Host, (ushort)options.EffectivePort, options.VirtualHost, $"{identity.Id} messages", host =>
        {
            host.Username(options.Username);
            host.Password(options.Password);
            host.Heartbeat(options.HeartbeatInterval);
            host.ContinuationTimeout(options.SendTimeout);
            host.PublisherConfirmation = true;
            if (options.UseTls)
            {
                host.UseSsl(tls =>
                {
                    tls.ServerName = options.Host;
                    tls.Protocol = System.Security.Authentication.SslProtocols.None;
                });
            }
        });

        // The queue for replies to this process: RabbitMQ 4.3 refuses queues that are neither durable nor exclusive.
        bus.Exclusive = true;
        bus.AutoDelete = true;
        bus.Durable = false;
        bus.UseCompactJson();
        var endpoints = new RabbitMqEndpoints(bus);
        participants.ForEach(participant => participant.ConfigureEndpoints(context, endpoints));
    }
}
