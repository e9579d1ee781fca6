using LocalAI.Pipeline.Testing.PostgreSql;

namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>Two APIs and a text worker over RabbitMQ and PostgreSQL.</summary>
public sealed class DistributedDeployment : Deployment
{
    private Fleet _fleet = null!;
    private ServerProcess _other = null!;

    internal override ServerProcess Api => _fleet.Api;

    internal override ServerProcess OtherApi => _other;

    public override async ValueTask InitializeAsync()
    {
        var patience = Patience.Token();
        var database = await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync();
        var settings = new Dictionary<string, string>(Settings) { ["Database:Provider"] = "PostgreSql", ["Database:ConnectionString"] = database };
        _fleet = await Fleet.StartAsync(settings, workers: 1, patience);
        _other = await _fleet.AddApiAsync(patience);
    }

    public override async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _fleet.DisposeAsync();
    }
}
