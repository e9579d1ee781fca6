using LocalAI.Pipeline.Settings;

namespace LocalAI.Pipeline.Api.Jobs;

internal static class JobsRegistration
{
    public static void AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<DispatchOptions>(configuration, DispatchOptions.SectionName);
        services.AddSingleton<ModelResolver>();
        services.AddSingleton<WaitingLines>();
        services.AddSingleton<QueueDepths>();
        services.AddSingleton<QueueRoom>();
        services.AddSingleton<TextDispatcher>();
        services.AddSingleton<TextGenerations>();
        services.AddSingleton<TextRequests>();
    }
}
