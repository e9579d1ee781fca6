using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

[Collection(SharedDistributed.Name)]
public sealed class The_official_clients_of_Anthropic_and_the_distributed_deployment(DistributedDeployment deployment)
    : Talking_with_the_official_clients_of_Anthropic(deployment);
