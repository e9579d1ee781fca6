using LocalAI.Pipeline.Testing.Logs;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>A server and a client that talk to each other.</summary>
internal sealed class Connected : IAsyncDisposable
{
    private SocketFolder? _folder;

    public required BackendServer Server { get; init; }

    public required BackendClient Client { get; init; }

    public LogCollector Log { get; private init; } = new();

    public static async Task<Connected> StartAsync(
        BackendService service, bool overTcp = false, BackendServerOptions? server = null, BackendClientOptions? client = null)
    {
        var folder = overTcp ? null : new SocketFolder();
        var log = new LogCollector();
        var started = await BackendServer.StartAsync(
            folder?.Address ?? BackendAddress.Parse("127.0.0.1:0"), service, (server ?? new BackendServerOptions()) with { LoggerFactory = log }, TestTimeout.Token);
        return new Connected { Server = started, Client = new BackendClient(started.Address, client ?? BackendClientOptions.OwnBackend), Log = log, _folder = folder };
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        _folder?.Dispose();
    }
}
