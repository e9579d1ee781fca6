namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>Classes that leave the host as they found it share one, since each start takes seconds.</summary>
[CollectionDefinition(Name)]
public sealed class SharedStandalone : ICollectionFixture<StandaloneDeployment>
{
    public const string Name = "standalone";
}
