using LocalAI.Pipeline.Settings;

namespace LocalAI.Pipeline.Api.Responses;

internal static class ResponsesRegistration
{
    public static void AddResponses(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<ResponsesOptions>(configuration, ResponsesOptions.SectionName);
        services.AddSingleton<ContextFitting>();
        services.AddSingleton<ResponseGenerations>();
    }
}
