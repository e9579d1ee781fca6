using LocalAI.Pipeline.Api.Completions.Reading;
using LocalAI.Pipeline.Api.Completions.Writing;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Completions;

/// <summary>OpenAI's <c>POST /v1/completions</c>; <c>/completions</c> is llama.cpp's, with a shape of its own.</summary>
internal static class CompletionEndpoints
{
    public static void MapCompletions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/completions", Create).WithMetadata(new PromptField("prompt"));
        routes.MapPost("/v1/engines/{engine}/completions", CreateAtEngine).WithMetadata(new PromptField("prompt"));
    }

    public static Task Create(HttpContext context, TextCompletions completions, IOptions<RequestOptions> limits) => AnswerAsync(context, completions, limits.Value, null);

    /// <summary>OpenAI's old path, which LocalAI has kept.</summary>
    public static Task CreateAtEngine(HttpContext context, string engine, TextCompletions completions, IOptions<RequestOptions> limits) =>
        AnswerAsync(context, completions, limits.Value, engine);

    private static async Task AnswerAsync(HttpContext context, TextCompletions completions, RequestOptions limits, string? engine)
    {
        var request = await ReadAsync(context, limits);
        request = request with { Model = EngineName.Of(engine, request.Model) };
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
