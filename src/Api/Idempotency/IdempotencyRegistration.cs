using LocalAI.Pipeline.Settings;

namespace LocalAI.Pipeline.Api.Idempotency;

internal static class IdempotencyRegistration
{
    public static void AddIdempotency(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<IdempotencyOptions>(configuration, IdempotencyOptions.SectionName);
        services.AddSingleton<IdempotentRequests>();
        services.AddHostedService<IdempotencyUpkeep>();
    }
}
