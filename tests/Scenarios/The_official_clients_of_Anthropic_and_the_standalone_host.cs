using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

[Collection(SharedStandalone.Name)]
public sealed class The_official_clients_of_Anthropic_and_the_standalone_host(StandaloneDeployment deployment)
    : Talking_with_the_official_clients_of_Anthropic(deployment);
