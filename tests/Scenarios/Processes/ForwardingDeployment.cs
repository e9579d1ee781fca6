namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>A host whose model <c>remote</c> is the shipped one of the shared host.</summary>
public sealed class ForwardingDeployment(StandaloneDeployment upstream) : IAsyncLifetime
{
    private readonly ForwardingModels _models = new();

    internal ServerProcess Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var patience = Patience.Token();
        _models.Add("remote", "tiny-chat", upstream.Api.Address);
        Host = await ServerProcess.StartAsync("Standalone", _models.Settings, patience);
        await Host.WaitUntilReadyAsync(patience);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _models.Dispose();
    }
}
