using LocalAI.Pipeline.Settings;

namespace LocalAI.Pipeline.Api.Fleet;

internal static class FleetRegistration
{
    public static void AddFleet(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<FleetOptions>(configuration, FleetOptions.SectionName);
        services.AddSingleton<WorkerFleet>();
    }
}
