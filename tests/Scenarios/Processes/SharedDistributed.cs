namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>Classes that leave the fleet as they found it share one, since each start takes seconds.</summary>
[CollectionDefinition(Name)]
public sealed class SharedDistributed : ICollectionFixture<DistributedDeployment>
{
    public const string Name = "distributed";
}
