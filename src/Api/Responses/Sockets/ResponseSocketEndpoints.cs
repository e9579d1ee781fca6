using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.RequestIds;

namespace LocalAI.Pipeline.Api.Responses.Sockets;

/// <summary>The WebSocket mode of <c>/v1/responses</c>: many turns over one connection.</summary>
internal static class ResponseSocketEndpoints
{
    public static void MapResponseSocket(this IEndpointRouteBuilder routes, string path) => routes.MapGet(path, Connect);

    public static async Task Connect(HttpContext context, ResponseSocketTurns turns)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new ApiException(new ApiError(405, ApiErrorTypes.InvalidRequest, "method_not_allowed", "Responses are made with POST here; GET opens a WebSocket."));
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await turns.RunAsync(socket, new JobOrigin(context.Owner(), context.RequestId()), context.RequestAborted);
    }
}
