using LocalAI.Pipeline.Testing.RabbitMq;

namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>The distributed deployment: an API and text workers as processes, over a real RabbitMQ.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly List<ServerProcess> _workers = [];

    private Fleet(Dictionary<string, string> settings, ServerProcess api)
    {
        _settings = settings;
        Api = api;
    }

    public ServerProcess Api { get; }

    public IReadOnlyList<ServerProcess> Workers => _workers;

    /// <summary>Starts all and waits until the API knows a worker. Without a broker of its own it uses the shared one.</summary>
    public static async Task<Fleet> StartAsync(Dictionary<string, string> settings, int workers, CancellationToken cancellationToken, RabbitMqServer? broker = null)
    {
        broker ??= await RabbitMqServer.SharedAsync();
        var all = new Dictionary<string, string>(settings);
        foreach (var (key, value) in broker.SettingsFor(await broker.CreateVirtualHostAsync()))
        {
            all[key] = value ?? "";
        }

        var fleet = new Fleet(all, await ServerProcess.StartAsync("Api", all, cancellationToken));
        for (var i = 0; i < workers; i++)
        {
            await fleet.AddWorkerAsync(cancellationToken);
        }

        if (workers > 0)
        {
            await fleet.Api.WaitUntilReadyAsync(cancellationToken);
        }

        return fleet;
    }

    /// <summary>Starts another instance of the API and waits until it knows the workers; whoever asked for it ends it.</summary>
    public async Task<ServerProcess> AddApiAsync(CancellationToken cancellationToken)
    {
        var api = await ServerProcess.StartAsync("Api", _settings, cancellationToken);
        await api.WaitUntilReadyAsync(cancellationToken);
        return api;
    }

    public async Task<ServerProcess> AddWorkerAsync(CancellationToken cancellationToken)
    {
        // Only the API owns the database.
        var settings = _settings.Where(setting => !setting.Key.StartsWith("Database:", StringComparison.Ordinal)).ToDictionary();
        var worker = await ServerProcess.StartAsync("Workers.Text", settings, cancellationToken);
        _workers.Add(worker);
        return worker;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        await Api.DisposeAsync();
    }
}
