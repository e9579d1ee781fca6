using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Embeddings;

/// <summary>OpenAI's <c>POST /v1/embeddings</c>; <c>/embedding</c> is llama.cpp's.</summary>
internal static class EmbeddingsEndpoints
{
    public static void MapEmbeddings(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/embeddings", Create);
        routes.MapPost("/embeddings", Create);
    }

    public static async Task Create(HttpContext context, TextEmbeddings embeddings, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var request = EmbeddingsRequestReader.Read(body.Root);
        var answer = await embeddings.EmbedAsync(request, context.Origin(), context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, answer.Write);
    }
}
