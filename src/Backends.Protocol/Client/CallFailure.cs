using System.Net;

namespace LocalAI.Pipeline.Backends.Protocol.Client;

/// <summary>What a failed connection, a reset stream or a foreign answer means as a status (grpc/doc: http-grpc-status-mapping, PROTOCOL-HTTP2).</summary>
internal static class CallFailure
{
    // RFC 9113, section 7.
    private const long RefusedStream = 0x7;
    private const long Cancel = 0x8;
    private const long EnhanceYourCalm = 0xb;
    private const long InadequateSecurity = 0xc;

    public static BackendCallException OfConnection(Exception exception, BackendAddress address)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            // .NET has one type for a reset stream and a broken connection; only the text tells them apart (a test pins it).
            if (inner is HttpProtocolException reset && reset.Message.Contains("reset the stream", StringComparison.Ordinal))
            {
                return new BackendCallException(OfReset(reset.ErrorCode), $"The backend at {address} reset the call (HTTP/2 error {reset.ErrorCode})", exception);
            }
        }

        return new BackendCallException(GrpcStatus.Unavailable, $"The backend at {address} cannot be reached: {Innermost(exception)}", exception);
    }

    public static BackendCallException OfHttp(HttpStatusCode code, BackendAddress address) =>
        new(code switch
        {
            HttpStatusCode.BadRequest => GrpcStatus.Internal,
            HttpStatusCode.Unauthorized => GrpcStatus.Unauthenticated,
            HttpStatusCode.Forbidden => GrpcStatus.PermissionDenied,
            HttpStatusCode.NotFound => GrpcStatus.Unimplemented,
            HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => GrpcStatus.Unavailable,
            _ => GrpcStatus.Unknown,
        }, $"{address} answered HTTP {(int)code}, which is not gRPC");

    private static GrpcStatus OfReset(long code) => code switch
    {
        RefusedStream => GrpcStatus.Unavailable,
        Cancel => GrpcStatus.Cancelled,
        EnhanceYourCalm => GrpcStatus.ResourceExhausted,
        InadequateSecurity => GrpcStatus.PermissionDenied,
        _ => GrpcStatus.Internal,
    };

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception.Message;
    }
}
