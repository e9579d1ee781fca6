using System.Runtime.Versioning;
using LocalAI.Pipeline.Testing.RabbitMq;

// Each scenario starts processes of its own; one at a time is enough for two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(RabbitMqLifetime))]
[assembly: UnsupportedOSPlatform("windows")]
