using LocalAI.Pipeline.Bus.Broker;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Settings;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Bus;

/// <summary>Adds the bus to a process.</summary>
public static class BusRegistration
{
    /// <summary>
    /// Adds <see cref="ICommandSender"/>, <see cref="IQueueInspector"/>, <see cref="IDeltaSender"/>, <see cref="BusHealth"/>,
    /// <see cref="InstanceIdentity"/> and the bus itself, built from every <see cref="BusParticipant"/> that was registered
    /// before this call. A process that registers an <see cref="IDeltaSink"/> receives its delta frames, one that registers an
    /// <see cref="IDurableDeltaSink"/> its part of those of durable jobs.
    /// </summary>
    public static IServiceCollection AddPipelineBus(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddValidatedOptions<BusOptions>(configuration, BusOptions.SectionName);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(InstanceIdentity.Create());
        services.AddSingleton(provider => new BusHealth(provider.GetRequiredService<IBusControl>()));
        services.AddSingleton<BusBound>();
        services.AddSingleton<ICommandSender, CommandSender>();

        var bus = configuration.ReadSettings<BusOptions>(BusOptions.SectionName);
        var isRabbitMq = bus.Transport == BusTransport.RabbitMq;
        if (isRabbitMq)
        {
            services.AddRabbitMqLinks();
        }
        else
        {
            services.AddMemoryLinks();
        }

        services.AddOptions<MassTransitHostOptions>().Configure<IOptions<BusOptions>>((host, options) =>
        {
            host.WaitUntilStarted = true;
            host.StartTimeout = options.Value.ConnectTimeout;
            host.ConsumerStopTimeout = options.Value.DrainTimeout;
        });
        var participants = ParticipantsOf(services);
        services.AddMassTransit(registration =>
        {
            registration.DisableUsageTelemetry();
            participants.ForEach(participant => participant.AddConsumers(registration));
            if (isRabbitMq)
            {
                registration.UsingRabbitMq((context, configurator) => RabbitMqBus.Configure(context, configurator, Checked(context, participants)));
            }
            else
            {
                registration.UsingInMemory((context, configurator) => MemoryBus.Configure(context, configurator, Checked(context, participants)));
            }
        });
        return services;
    }

    private static void AddMemoryLinks(this IServiceCollection services)
    {
        services.AddSingleton<MemoryQueues>();
        services.AddSingleton<ICommandQueues>(provider => provider.GetRequiredService<MemoryQueues>());
        services.AddSingleton<IQueueInspector>(provider => provider.GetRequiredService<MemoryQueues>());
        services.AddSingleton<IDeltaSender, InMemoryDeltaLink>();
    }

    private static void AddRabbitMqLinks(this IServiceCollection services)
    {
        services.AddSingleton<BrokerConnection>();
        services.AddHostedService<BrokerCheck>();
        services.AddSingleton<RabbitMqQueues>();
        services.AddSingleton<ICommandQueues>(provider => provider.GetRequiredService<RabbitMqQueues>());
        services.AddSingleton<IQueueInspector>(provider => provider.GetRequiredService<RabbitMqQueues>());
        services.AddSingleton<IDeltaSender, RabbitMqDeltaSender>();
        services.AddHostedService<RabbitMqDeltaReceiver>();
        services.AddHostedService<RabbitMqDurableDeltaReceiver>();
    }

    // MassTransit takes consumers while the container is being described, so participants must be there as instances.
    private static List<BusParticipant> ParticipantsOf(IServiceCollection services) =>
        [.. services.Where(service => service.ServiceType == typeof(BusParticipant)).Select(service => service.ImplementationInstance).OfType<BusParticipant>()];

    private static List<BusParticipant> Checked(IServiceProvider provider, List<BusParticipant> known) =>
        provider.GetServices<BusParticipant>().All(known.Contains)
            ? known
            : throw new InvalidOperationException("A BusParticipant was registered after AddPipelineBus, or by a factory: register it as an instance before that call.");
}
