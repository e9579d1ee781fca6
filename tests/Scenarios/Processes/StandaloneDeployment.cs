namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>One process.</summary>
public sealed class StandaloneDeployment : Deployment
{
    private ServerProcess _host = null!;

    internal override ServerProcess Api => _host;

    public override async ValueTask InitializeAsync()
    {
        var patience = Patience.Token();
        _host = await ServerProcess.StartAsync("Standalone", Settings, patience);
        await _host.WaitUntilReadyAsync(patience);
    }

    public override async ValueTask DisposeAsync() => await _host.DisposeAsync();
}
