using System.Runtime.Versioning;
using LocalAI.Pipeline.Testing.PostgreSql;
using LocalAI.Pipeline.Testing.RabbitMq;

// Each scenario starts processes of its own and mostly waits for them: two at a time fill two cores.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
[assembly: AssemblyFixture(typeof(RabbitMqLifetime))]
[assembly: AssemblyFixture(typeof(PostgreSqlLifetime))]
[assembly: UnsupportedOSPlatform("windows")]
