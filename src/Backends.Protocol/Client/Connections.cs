using System.Net.Sockets;

namespace LocalAI.Pipeline.Backends.Protocol.Client;

/// <summary>HTTP/2 without TLS (prior knowledge) to one backend, over TCP or a Unix domain socket.</summary>
internal static class Connections
{
    public static HttpMessageInvoker Open(BackendAddress address, BackendClientOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = options.KeepAlivePingDelay,
            KeepAlivePingTimeout = options.KeepAlivePingTimeout,
            // The backend serves nobody else: an idle connection costs less than the time that a new one takes.
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            // A server allows 100 streams or so on a connection; the caller's slots are the limit, not that.
            EnableMultipleHttp2Connections = true,
        };
        if (address.IsUnixSocket)
        {
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(new UnixDomainSocketEndPoint(address.SocketPath), cancellationToken);
        }

        return new HttpMessageInvoker(handler);
    }

    private static async ValueTask<Stream> ConnectAsync(UnixDomainSocketEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
