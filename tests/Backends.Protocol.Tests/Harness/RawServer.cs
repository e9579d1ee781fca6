using System.Net;
using LocalAI.Pipeline.Backends.Protocol.Server;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>An HTTP/2 server that answers as a test says, also what no gRPC server should.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;

    private RawServer(KestrelServer kestrel, BackendAddress address)
    {
        _kestrel = kestrel;
        Client = new BackendClient(address, BackendClientOptions.OwnBackend);
    }

    public BackendClient Client { get; }

    public static async Task<RawServer> StartAsync(Func<IFeatureCollection, Task> answer)
    {
        var kestrel = KestrelListener.Create(new IPEndPoint(IPAddress.Loopback, 0), NullLoggerFactory.Instance, out var listening);
        await kestrel.StartAsync(new Application(answer), TestTimeout.Token);
        return new RawServer(kestrel, BackendAddress.ForTcp("127.0.0.1", listening.IPEndPoint!.Port));
    }

    /// <summary>Answers 200 with gRPC's content type, these bytes and these trailers.</summary>
    public static Task<RawServer> StartAsync(byte[] body, params (string Name, string Value)[] trailers) => StartAsync(async features =>
    {
        features.GetRequiredFeature<IHttpResponseFeature>().Headers.ContentType = "application/grpc";
        await features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body);
        foreach (var (name, value) in trailers)
        {
            features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers[name] = value;
        }
    });

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _kestrel.StopAsync(TestTimeout.Token);
        _kestrel.Dispose();
    }

    private sealed class Application(Func<IFeatureCollection, Task> answer) : IHttpApplication<IFeatureCollection>
    {
        public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

        public void DisposeContext(IFeatureCollection context, Exception? exception)
        {
        }

        public Task ProcessRequestAsync(IFeatureCollection context) => answer(context);
    }
}
