using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Chat.Writing;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.RequestIds;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Chat;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal static class ChatCompletionEndpoints
{
    public static void MapChatCompletions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/chat/completions", Create);
        routes.MapPost("/chat/completions", Create);
    }

    public static async Task Create(HttpContext context, ChatCompletions chat, IOptions<RequestOptions> limits)
    {
        var request = await ReadAsync(context, limits.Value);
        using var generation = await chat.StartAsync(request, new JobOrigin(context.Owner(), context.RequestId()), context.RequestAborted);
        await (request.Stream ? ChatStreamWriter.WriteAsync(generation, context.Response) : ChatResponseWriter.WriteAsync(generation, context.Response));
    }

    private static async Task<ChatCompletionRequest> ReadAsync(HttpContext context, RequestOptions limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits, context.RequestAborted);
        return ChatRequestReader.Read(body.Root);
    }
}
