using LocalAI.Pipeline.Api.Anthropic.Reading;
using LocalAI.Pipeline.Api.Anthropic.Writing;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Anthropic;

/// <summary>
/// Anthropic's <c>POST /v1/messages</c> and <c>/v1/messages/count_tokens</c>. The headers <c>anthropic-version</c> and
/// <c>anthropic-beta</c> make no difference: what a body asks for is honoured or refused by its fields' names.
/// </summary>
internal static class MessagesEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/v1/messages", "/messages"])
        {
            routes.MapPost(path, Create).WithMetadata(AnthropicErrors.Shape);
            routes.MapPost($"{path}/count_tokens", CountTokens).WithMetadata(AnthropicErrors.Shape);
            // Whatever else there is at Anthropic's: not here, but said in its clients' language.
            routes.Map($"{path}/{{**rest}}", Unknown).WithMetadata(AnthropicErrors.Shape);
        }
    }

    public static async Task Create(HttpContext context, MessageGenerations generations, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var request = MessagesRequestReader.Read(body.Root);
        using var generation = await generations.StartAsync(request, context.Origin(), context.RequestAborted);
        await (request.Stream ? MessageStreamWriter.WriteAsync(generation, context.Response) : MessageResponseWriter.WriteAsync(generation, context.Response));
    }

    public static async Task CountTokens(HttpContext context, MessageGenerations generations, IOptions<RequestOptions> limits)
    {
        using var body = await JsonBody.ReadAsync(context.Request, limits.Value, context.RequestAborted);
        var request = PromptRequestReader.ReadAlone(body.Root);
        var tokens = await generations.CountAsync(request, context.Origin(), context.RequestAborted);
        await JsonResponse.WriteAsync(context.Response, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("input_tokens"u8, tokens);
            json.WriteEndObject();
        });
    }

    public static void Unknown(HttpContext context, string? rest)
    {
        var isKnown = rest is null or "count_tokens";
        context.Response.StatusCode = isKnown ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status404NotFound;
        context.Response.Headers.Allow = isKnown ? "POST" : default(Microsoft.Extensions.Primitives.StringValues);
    }
}
