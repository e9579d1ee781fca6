using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Chat.Writing;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Chat;

/// <summary><c>POST /v1/chat/completions</c>, and <c>/input_tokens</c> behind it.</summary>
internal static class ChatCompletionEndpoints
{
    public static void MapChatCompletions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/chat/completions", Create);
        routes.MapPost("/chat/completions", Create);
        routes.MapPost("/v1/chat/completions/input_tokens", CountInputTokens);
        routes.MapPost("/chat/completions/input_tokens", CountInputTokens);
    }

    public static async Task Create(HttpContext context, ChatCompletions chat, IOptions<RequestOptions> limits)
    {
        var request = await ReadAsync(context, limits.Value);
        using var generation = await chat.StartAsync(request, context.Origin(), context.RequestAborted);
        await (request.Stream
            ? AnswerStream.WriteAsync(generation.Reader, output => new ChatProjection(generation.Head, output), context.Response)
            : ChatResponseWriter.WriteAsync(generation, context.Response));
    }

    /// <summary>The length of the prompt that a chat would start from, as llama.cpp's server tells it.</summary>
    public static async Task CountInputTokens(HttpContext context, ChatCompletions chat, IOptions<RequestOptions> limits)
    {
        var request = await ReadAsync(context, limits.Value);
        var prompt = await chat.RenderAsync(request, context.Origin(), context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "response.input_tokens"u8);
            json.WriteNumber("input_tokens"u8, prompt.Tokens);
            json.WriteEndObject();
        });
    }

    private static async Task<ChatCompletionRequest> ReadAsync(HttpContext context, RequestOptions limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits, context.RequestAborted);
        return ChatRequestReader.Read(body.Root);
    }
}
