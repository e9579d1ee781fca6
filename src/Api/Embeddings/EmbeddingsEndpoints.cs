using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Embeddings;

/// <summary>OpenAI's <c>POST /v1/embeddings</c>; <c>/embedding</c> is llama.cpp's.</summary>
internal static class EmbeddingsEndpoints
{
    public static void MapEmbeddings(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/v1/embeddings", "/embeddings"])
        {
            routes.MapPost(path, Create).WithMetadata(new PromptField("input"));
        }

        routes.MapPost("/v1/engines/{engine}/embeddings", CreateAtEngine).WithMetadata(new PromptField("input"));
    }

    public static Task Create(HttpContext context, TextEmbeddings embeddings, IOptions<RequestOptions> limits) => AnswerAsync(context, embeddings, limits.Value, null);

    /// <summary>OpenAI's old path, which LocalAI has kept.</summary>
    public static Task CreateAtEngine(HttpContext context, string engine, TextEmbeddings embeddings, IOptions<RequestOptions> limits) =>
        AnswerAsync(context, embeddings, limits.Value, engine);

    private static async Task AnswerAsync(HttpContext context, TextEmbeddings embeddings, RequestOptions limits, string? engine)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits, context.RequestAborted);
        var request = EmbeddingsRequestReader.Read(body.Root);
        request = request with { Model = EngineName.Of(engine, request.Model) };
        var answer = await embeddings.EmbedAsync(request, context.Origin(), context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, answer.Write);
    }
}
