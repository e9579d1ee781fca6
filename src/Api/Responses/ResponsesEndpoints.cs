using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Responses.Background;
using LocalAI.Pipeline.Api.Responses.Reading;
using LocalAI.Pipeline.Api.Responses.Sockets;
using LocalAI.Pipeline.Api.Responses.Writing;
using LocalAI.Pipeline.Api.Sse;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>OpenAI's and Open Responses' <c>POST /v1/responses</c>, and <c>/input_tokens</c> and <c>/compact</c> behind it.</summary>
internal static class ResponsesEndpoints
{
    public static void MapResponses(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/v1/responses", "/responses"])
        {
            routes.MapPost(path, Create).WithMetadata(new PromptField("input"));
            routes.MapPost($"{path}/input_tokens", CountInputTokens);
            routes.MapPost($"{path}/compact", Compact);
            routes.MapStoredResponses(path);
            routes.MapResponseSocket(path);
        }
    }

    public static async Task Create(HttpContext context, ResponseGenerations generations, BackgroundDelivery background, IOptions<RequestOptions> limits, ResponseEnding ending)
    {
        var request = await ReadAsync(context, limits.Value, ResponseRequestReader.Read);
        if (request.Background)
        {
            await background.CreateAsync(request, Origin(context), context);
            return;
        }

        using var generation = await generations.StartAsync(request, Origin(context), context.RequestAborted);
        if (!request.Stream)
        {
            await ResponseWriter.WriteAsync(generation, ending, context.Response);
            return;
        }

        using var stream = new SseStream(context.Response);
        await ResponseStreamWriter.WriteAsync(generation, ending, new SseEvents(stream), context.RequestAborted);
    }

    /// <summary>The length of the prompt that a response would start from.</summary>
    public static async Task CountInputTokens(HttpContext context, ResponseGenerations generations, IOptions<RequestOptions> limits)
    {
        var prompt = await ReadAsync(context, limits.Value, PromptReader.ReadAlone);
        var tokens = await generations.CountAsync(prompt, Origin(context), context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "response.input_tokens"u8);
            json.WriteNumber("input_tokens"u8, tokens);
            json.WriteEndObject();
        });
    }

    /// <summary>A conversation with the model's summary of it in the place of its answers.</summary>
    public static async Task Compact(HttpContext context, ResponseCompaction compaction, IOptions<RequestOptions> limits)
    {
        var request = await ReadAsync(context, limits.Value, CompactionRequestReader.Read);
        await JsonResponse.WriteAsync(context.Response, await compaction.RunAsync(request, Origin(context), context.RequestAborted));
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, RequestOptions limits, Func<System.Text.Json.JsonElement, T> read)
    {
        using var body = await FormBody.ReadAsync(context.Request, limits, ResponseFormFields.Typed, context.RequestAborted);
        return read(body.Root);
    }

    private static JobOrigin Origin(HttpContext context) => context.Origin();
}
