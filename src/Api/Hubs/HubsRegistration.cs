using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Settings;

namespace LocalAI.Pipeline.Api.Hubs;

internal static class HubsRegistration
{
    // A console shows a few chats at once; each of them must be cancellable while it runs.
    private const int MaxParallelInvocations = 32;

    public static void AddHubs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<OpenGenerations>();
        var body = configuration.ReadSettings<RequestOptions>(RequestOptions.SectionName).MaxBodyBytes;
        services.AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = body;
            options.MaximumParallelInvocationsPerClient = MaxParallelInvocations;
        });
    }

    public static void MapGenerationHub(this IEndpointRouteBuilder routes) => routes.MapHub<GenerationHub>("/hubs/generation");
}
