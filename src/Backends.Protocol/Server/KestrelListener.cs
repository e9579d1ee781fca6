using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Backends.Protocol.Server;

/// <summary>Kestrel without a host: HTTP/2 without TLS on one address.</summary>
internal static class KestrelListener
{
    // 256 sequences are the most that llama.cpp decodes at once, and as many calls may wait or ask for the status beside.
    private const int MaxStreams = 512;

    // The connection belongs to the worker, which keeps it as long as it lives; the pings find the dead ones. Infinity would
    // overflow Kestrel's clock: it then closes an idle connection within a second, also under a request that is on its way.
    private static readonly TimeSpan IdleConnection = TimeSpan.FromDays(365);

    // A caller on this machine that dies closes its connection at once; this finds one elsewhere that vanished with its host.
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(30);

    public static KestrelServer Create(EndPoint endPoint, ILoggerFactory loggerFactory, out ListenOptions listening)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        // Messages have their own limit, checked before anything is buffered beyond the stream's window.
        options.Limits.MaxRequestBodySize = null;
        // A slow reader is a full relay, and a slow writer a stopped one: that is back-pressure, not an attack.
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.KeepAliveTimeout = IdleConnection;
        options.Limits.Http2.KeepAlivePingDelay = PingDelay;
        options.Limits.Http2.KeepAlivePingTimeout = PingTimeout;
        options.Limits.Http2.MaxStreamsPerConnection = MaxStreams;
        ListenOptions? listen = null;
        if (endPoint is UnixDomainSocketEndPoint socket)
        {
            options.ListenUnixSocket(socket.ToString(), Configure);
        }
        else
        {
            options.Listen((IPEndPoint)endPoint, Configure);
        }

        listening = listen!;
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions { NoDelay = true }), loggerFactory);
        return new KestrelServer(Options.Create(options), transport, loggerFactory);

        void Configure(ListenOptions configured)
        {
            configured.Protocols = HttpProtocols.Http2;
            listen = configured;
        }
    }
}
