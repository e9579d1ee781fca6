using System.Collections.ObjectModel;
using LocalAI.Pipeline.Backends.Protocol.Wire;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Backends.Protocol.Server;

/// <summary>
/// Answers requests as gRPC says (grpc/doc/PROTOCOL-HTTP2.md). It sits directly on Kestrel, without the middleware pipeline,
/// routing and request logging, which cost more than a token's message does.
/// </summary>
internal sealed class GrpcApplication(BackendService service, int maxMessageBytes, ILogger logger, CancellationToken stopping) : IHttpApplication<IFeatureCollection>
{
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
        // The features belong to Kestrel.
    }

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        var request = context.GetRequiredFeature<IHttpRequestFeature>();
        var response = context.GetRequiredFeature<IHttpResponseFeature>();
        if (!HttpMethods.IsPost(request.Method) || !HeaderNames.IsGrpc(request.Headers.ContentType))
        {
            response.StatusCode = HttpMethods.IsPost(request.Method) ? StatusCodes.Status415UnsupportedMediaType : StatusCodes.Status405MethodNotAllowed;
            return;
        }

        response.Headers.ContentType = HeaderNames.ContentType;
        string? timeoutText = request.Headers[HeaderNames.Timeout];
        TimeSpan? timeout = timeoutText is not null && GrpcTimeout.TryParse(timeoutText, out var parsed) ? parsed : null;
        using var call = new IncomingCall(context, timeout, maxMessageBytes, stopping);
        try
        {
            if (timeoutText is not null && timeout is null)
            {
                throw new BackendCallException(GrpcStatus.Internal, $"The {HeaderNames.Timeout} '{timeoutText}' is none");
            }

            await Handler(request, response).AnswerAsync(call, service);
            call.End(GrpcStatus.Ok, "", ReadOnlyDictionary<string, string>.Empty);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException && call.IsAborted)
        {
            BackendServerLog.CallAborted(logger, request.Path);
        }
        catch (Exception exception)
        {
            var failure = Judge(exception, call, request.Path);
            call.End(failure.Status, failure.Message, failure.Trailers);
        }
    }

    private static CallHandler Handler(IHttpRequestFeature request, IHttpResponseFeature response)
    {
        var handler = CallHandlers.Find(request.Path) ?? throw new BackendCallException(GrpcStatus.Unimplemented, $"There is no call {request.Path}");
        string? encoding = request.Headers[HeaderNames.Encoding];
        if (encoding is null or "identity")
        {
            return handler;
        }

        response.Headers[HeaderNames.AcceptEncoding] = "identity";
        throw new BackendCallException(GrpcStatus.Unimplemented, $"The encoding '{encoding}' is not spoken here; only identity is");
    }

    private BackendCallException Judge(Exception exception, IncomingCall call, string path)
    {
        switch (exception)
        {
            case BackendCallException failure:
                return failure;
            case OperationCanceledException cancelled:
                return call.Ended(cancelled);
            default:
                BackendServerLog.CallFailed(logger, path, exception);
                return new BackendCallException(GrpcStatus.Internal, exception.Message, exception);
        }
    }
}
