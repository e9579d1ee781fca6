using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Reranking;

/// <summary>Jina's <c>POST /v1/rerank</c>, under all names that LocalAI and llama.cpp's server have for it.</summary>
internal static class RerankEndpoints
{
    public static void MapReranking(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/v1/rerank", "/rerank", "/v1/reranking", "/reranking"])
        {
            routes.MapPost(path, Rank).WithMetadata(new PromptField("documents"));
        }
    }

    public static async Task Rank(HttpContext context, TextRerankings rerankings, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var request = RerankRequestReader.Read(body.Root);
        var answer = await rerankings.RankAsync(request, context.Origin(), context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, answer.Write);
    }
}
