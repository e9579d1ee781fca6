using LocalAI.Pipeline.Api.Completions.Reading;
using LocalAI.Pipeline.Api.Completions.Writing;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Completions;

/// <summary>OpenAI's <c>POST /v1/completions</c>; <c>/completions</c> is llama.cpp's, with a shape of its own.</summary>
internal static class CompletionEndpoints
{
    public static void MapCompletions(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/completions", Create);

    public static async Task Create(HttpContext context, TextCompletions completions, IOptions<RequestOptions> limits)
    {
        var request = await ReadAsync(context, limits.Value);
        using var generation = await completions.StartAsync(request, context.Origin(), context.RequestAborted);
        await (request.Stream
            ? AnswerStream.WriteAsync(generation.Reader, output => new CompletionProjection(generation.Head, output), context.Response)
            : CompletionResponseWriter.WriteAsync(generation, context.Response));
    }

    private static async Task<CompletionRequest> ReadAsync(HttpContext context, RequestOptions limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits, context.RequestAborted);
        return CompletionRequestReader.Read(body.Root);
    }
}
