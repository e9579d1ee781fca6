using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Settings;
using LocalAI.Pipeline.Workers.Hosting.Deltas;
using LocalAI.Pipeline.Workers.Hosting.Heartbeat;
using LocalAI.Pipeline.Workers.Hosting.Jobs;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using LocalAI.Pipeline.Workers.Hosting.Slots;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Workers.Hosting;

/// <summary>Registers what every pool of workers shares.</summary>
public static class WorkerHostingRegistration
{
    /// <summary>Adds backends, deltas, jobs, slots and heartbeats. More than one pool of a process may call it.</summary>
    public static IServiceCollection AddWorkerHosting(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(DeltaReporter)))
        {
            return services;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddModelCatalogue(configuration);
        services.AddValidatedOptions<BackendOptions>(configuration, BackendOptions.SectionName);
        services.AddValidatedOptions<DeltaOptions>(configuration, DeltaOptions.SectionName);
        services.AddValidatedOptions<SlotOptions>(configuration, SlotOptions.SectionName);
        services.AddValidatedOptions<HeartbeatOptions>(configuration, HeartbeatOptions.SectionName);
        services.AddSingleton<BackendLocator>();
        services.AddSingleton(provider => new BackendPool(
            model => ActivatorUtilities.CreateInstance<BackendSupervisor>(provider, model),
            provider.GetRequiredService<IOptions<BackendOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DeltaReporter>();
        services.AddSingleton<JobRegistry>();
        services.AddSingleton<JobStarts>();
        services.AddSingleton<SlotGates>();
        services.AddHostedService<JobStopping>();
        services.AddHostedService<IdleUnloading>();
        services.AddHostedService<HeartbeatPublisher>();
        services.AddSingleton(new BusParticipant(AddConsumers, ConfigureEndpoints));
        return services;
    }

    private static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<JobCancellationRequestedConsumer>();
        bus.AddConsumer<DeltaResendRequestedConsumer>();
    }

    private static void ConfigureEndpoints(IBusRegistrationContext context, IPipelineEndpoints endpoints) =>
        endpoints.InstanceQueue(QueueNames.Worker(context.GetRequiredService<InstanceIdentity>().Id), endpoint =>
        {
            endpoint.ConfigureConsumer<JobCancellationRequestedConsumer>(context);
            endpoint.ConfigureConsumer<DeltaResendRequestedConsumer>(context);
        });
}
