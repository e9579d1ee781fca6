using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.RequestIds;
using Microsoft.AspNetCore.Connections;

namespace LocalAI.Pipeline.Api.Errors;

/// <summary>Turns whatever ends a request badly into an answer of its API: foreseen errors, the server's own, unknown routes, defects.</summary>
internal sealed class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    // nginx's "client closed request": nobody reads it, but the metrics count it.
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            await AnswerBareStatusAsync(context);
        }
        catch (Exception e) when (IsClientGone(context, e))
        {
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = ClientClosedRequest;
            }
        }
        catch (ApiException e)
        {
            await AnswerAsync(context, e.Error);
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(context, FromServer(e));
        }
        catch (Exception e) when (DatabaseErrors.IsLoss(e))
        {
            logger.DatabaseLost(context.Request.Method, context.Request.Path, context.RequestId(), e.GetBaseException().Message);
            await AnswerAsync(context, DatabaseErrors.ToApiError());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.RequestFailed(e, context.Request.Method, context.Request.Path, context.RequestId());
            await AnswerAsync(context, Unforeseen(context.RequestId()));
        }
    }

    public static ApiError Unforeseen(string requestId) =>
        new(500, ApiErrorTypes.Server, "internal_error", $"Something unforeseen went wrong here. The server's log has it under the request id {requestId}.");

    /// <summary>The connection tells its readers and writers a moment before it cancels the request.</summary>
    private static bool IsClientGone(HttpContext context, Exception e) =>
        context.RequestAborted.IsCancellationRequested || e is ClientClosedException or ConnectionResetException;

    private static async Task AnswerAsync(HttpContext context, ApiError error)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return;
        }

        context.Response.Clear();
        RequestIdMiddleware.SetHeader(context);
        await ErrorResponse.WriteAsync(context, error);
    }

    private static async Task AnswerBareStatusAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.HasStarted || response.StatusCode < 400 || response.ContentLength is not null || response.ContentType is not null)
        {
            return;
        }

        var request = $"{context.Request.Method} {Shown.Short(context.Request.Path)}";
        await ErrorResponse.WriteAsync(context, response.StatusCode switch
        {
            404 => new ApiError(404, ApiErrorTypes.InvalidRequest, "unknown_url", $"There is no endpoint for {request}."),
            405 => new ApiError(405, ApiErrorTypes.InvalidRequest, "method_not_allowed", $"{request} is not possible: this endpoint takes {response.Headers.Allow}."),
            var status => new ApiError(status, status < 500 ? ApiErrorTypes.InvalidRequest : ApiErrorTypes.Server, "request_failed", $"{request} failed with status {status}."),
        });
    }

    private static ApiError FromServer(BadHttpRequestException e) => e.StatusCode switch
    {
        413 => new ApiError(413, ApiErrorTypes.InvalidRequest, "request_too_large", "The request's body is larger than this server takes (Requests:MaxBodyBytes)."),
        408 => new ApiError(408, ApiErrorTypes.InvalidRequest, "request_timeout", "The request's body came too slowly."),
        var status => new ApiError(status, ApiErrorTypes.InvalidRequest, "bad_request", e.Message),
    };
}
