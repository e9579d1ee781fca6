namespace LocalAI.Pipeline.Api.Ollama;

internal static class OllamaRegistration
{
    public static void AddOllama(this IServiceCollection services)
    {
        services.AddSingleton<OllamaModels>();
        services.AddSingleton<OllamaGenerations>();
    }

    public static void MapOllama(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithMetadata(OllamaErrors.Shape);
        group.MapOllamaGenerations();
        group.MapOllamaEmbeddings();
        group.MapOllamaModels();
    }
}
