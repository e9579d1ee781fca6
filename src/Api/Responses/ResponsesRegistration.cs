using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Responses.Background;
using LocalAI.Pipeline.Api.Responses.Sockets;
using LocalAI.Pipeline.Api.Responses.Storage;
using LocalAI.Pipeline.Settings;

namespace LocalAI.Pipeline.Api.Responses;

internal static class ResponsesRegistration
{
    public static void AddResponses(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<ResponsesOptions>(configuration, ResponsesOptions.SectionName);
        services.AddSingleton<ResponseStore>();
        services.AddHostedService<ResponseExpiry>();
        services.AddSingleton<EarlierItems>();
        services.AddSingleton<ContextFitting>();
        services.AddSingleton<ResponseDrafts>();
        services.AddSingleton<ResponseEnding>();
        services.AddSingleton<ResponseCompaction>();
        services.AddSingleton<ResponseSocketTurns>();
        services.AddSingleton<IDurableJobKind, ResponseJobKind>();
        services.AddSingleton<BackgroundResponses>();
        services.AddSingleton<BackgroundStreamWriter>();
        services.AddSingleton<BackgroundDelivery>();
        services.AddSingleton<QueueEstimates>();
        services.AddSingleton<ResponseGenerations>();
    }
}
