namespace LocalAI.Pipeline.Api.Reranking;

internal static class RerankingRegistration
{
    public static void AddReranking(this IServiceCollection services) => services.AddSingleton<TextRerankings>();
}
