using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Settings;
using MassTransit;

namespace LocalAI.Pipeline.Api.DurableJobs;

internal static class DurableJobsRegistration
{
    // Workers that ask at once: as many as start a job within the milliseconds of an answer.
    private const int ProgressConcurrency = 16;

    public static void AddDurableJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<DurableJobOptions>(configuration, DurableJobOptions.SectionName);
        services.AddSingleton<DurableJobStore>();
        services.AddSingleton<FrameStore>();
        services.AddSingleton<LeftJobs>();
        services.AddSingleton<DurableJobWatch>();
        services.AddSingleton<DurableJobCounts>();
        services.AddSingleton<DurableJobTerms>();
        services.AddSingleton<DurableJobSender>();
        services.AddSingleton<DurableJobQueues>();
        services.AddSingleton<DurableJobFollowers>();
        services.AddSingleton<DurableJobs>();
        services.AddBackground<DurableJobNews>();
        services.AddBackground<DurableJobEnds>();
        services.AddBackground<DurableDeltaWriter>();
        services.AddSingleton<IDurableDeltaSink>(provider => provider.GetRequiredService<DurableDeltaWriter>());
        services.AddBackground<DurableJobReconciler>();
        services.AddSingleton(new BusParticipant(AddConsumers, ConfigureEndpoints));
    }

    private static void AddBackground<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }

    private static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<GetDurableJobProgressConsumer>();
        bus.AddConsumer<DurableJobsAdvancedConsumer>();
    }

    private static void ConfigureEndpoints(IBusRegistrationContext context, IPipelineEndpoints endpoints)
    {
        endpoints.CommandQueue(QueueNames.DurableProgress, ProgressConcurrency, endpoint => endpoint.ConfigureConsumer<GetDurableJobProgressConsumer>(context));
        endpoints.InstanceQueue(
            QueueNames.DurableNews(context.GetRequiredService<InstanceIdentity>().Id), endpoint => endpoint.ConfigureConsumer<DurableJobsAdvancedConsumer>(context));
    }
}
