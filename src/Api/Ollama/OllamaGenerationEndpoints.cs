using System.Text.Json;
using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Ollama.Reading;
using LocalAI.Pipeline.Api.Ollama.Writing;
using LocalAI.Pipeline.Api.RequestIds;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Ollama;

/// <summary><c>POST /api/chat</c> and <c>/api/generate</c>.</summary>
internal static class OllamaGenerationEndpoints
{
    public static void MapOllamaGenerations(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/chat", Chat);
        routes.MapPost("/generate", Generate);
    }

    public static Task Chat(HttpContext context, OllamaGenerations generations, TimeProvider time, IOptions<RequestOptions> limits) =>
        AnswerAsync(context, generations, time, limits.Value, OllamaChatReader.Read);

    public static Task Generate(HttpContext context, OllamaGenerations generations, TimeProvider time, IOptions<RequestOptions> limits) =>
        AnswerAsync(context, generations, time, limits.Value, OllamaGenerateReader.Read);

    private static async Task AnswerAsync(HttpContext context, OllamaGenerations generations, TimeProvider time, RequestOptions limits, Func<JsonElement, OllamaRequest> read)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits, context.RequestAborted);
        var request = read(body.Root);
        var origin = new JobOrigin(context.Owner(), context.RequestId());
        if (request.IsLoad)
        {
            var name = await generations.LoadAsync(request, origin, context.RequestAborted);
            await JsonResponse.WriteAsync(context.Response, json => OllamaJson.Loaded(json, name, request.IsChat, time.GetUtcNow()));
            return;
        }

        using var generation = await generations.StartAsync(request, origin, context.RequestAborted);
        await (request.Stream ? OllamaStreamWriter.WriteAsync(generation, time, context.Response) : OllamaResponseWriter.WriteAsync(generation, time, context.Response));
    }
}
