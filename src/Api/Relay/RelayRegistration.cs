using LocalAI.Pipeline.Api.Adapters;
using LocalAI.Pipeline.Api.Fleet;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Settings;
using MassTransit;

namespace LocalAI.Pipeline.Api.Relay;

internal static class RelayRegistration
{
    public static void AddRelay(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<RelayOptions>(configuration, RelayOptions.SectionName);
        services.AddSingleton<RelayClock>();
        services.AddSingleton<JobRelay>();
        services.AddSingleton<IDeltaSink>(provider => provider.GetRequiredService<JobRelay>());
        services.AddSingleton<RelayOutbox>();
        services.AddHostedService(provider => provider.GetRequiredService<RelayOutbox>());
        services.AddSingleton(new BusParticipant(AddConsumers, ConfigureEndpoints));
    }

    private static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<GetJobProgressConsumer>();
        bus.AddConsumer<WorkerHeartbeatConsumer>();
        bus.AddConsumer<AdapterScalesChangedConsumer>();
    }

    private static void ConfigureEndpoints(IBusRegistrationContext context, IPipelineEndpoints endpoints) =>
        endpoints.InstanceQueue(QueueNames.ApiInstance(context.GetRequiredService<InstanceIdentity>().Id), endpoint =>
        {
            endpoint.ConfigureConsumer<GetJobProgressConsumer>(context);
            endpoint.ConfigureConsumer<WorkerHeartbeatConsumer>(context);
            endpoint.ConfigureConsumer<AdapterScalesChangedConsumer>(context);
        });
}
