namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>An API and a text worker over RabbitMQ.</summary>
public sealed class DistributedDeployment : Deployment
{
    private Fleet _fleet = null!;

    internal override ServerProcess Api => _fleet.Api;

    public override async ValueTask InitializeAsync() => _fleet = await Fleet.StartAsync(Settings, workers: 1, Patience.Token());

    public override async ValueTask DisposeAsync() => await _fleet.DisposeAsync();
}
