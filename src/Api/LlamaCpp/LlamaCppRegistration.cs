namespace LocalAI.Pipeline.Api.LlamaCpp;

internal static class LlamaCppRegistration
{
    public static void AddLlamaCpp(this IServiceCollection services)
    {
        services.AddSingleton<LlamaCompletions>();
        services.AddSingleton<ModelDescriptions>();
    }

    /// <summary>The endpoints of llama.cpp's server that are not OpenAI's.</summary>
    public static void MapLlamaCpp(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithMetadata(LlamaErrors.Shape);
        group.MapLlamaCompletions();
        group.MapLlamaTokens();
        group.MapLlamaEmbedding();
        group.MapLlamaServer();
        group.MapSlotActions();
        group.MapLoraAdapters();
    }
}
