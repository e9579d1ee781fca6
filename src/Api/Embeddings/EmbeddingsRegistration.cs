namespace LocalAI.Pipeline.Api.Embeddings;

internal static class EmbeddingsRegistration
{
    public static void AddEmbeddings(this IServiceCollection services) => services.AddSingleton<TextEmbeddings>();
}
