using System.Runtime.Versioning;
using LocalAI.Pipeline.Testing.PostgreSql;
using LocalAI.Pipeline.Testing.RabbitMq;
using LocalAI.Pipeline.Testing.S3;

// Each scenario starts processes of its own and mostly waits for them: two at a time fill two cores.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
[assembly: AssemblyFixture(typeof(RabbitMqLifetime))]
[assembly: AssemblyFixture(typeof(PostgreSqlLifetime))]
[assembly: AssemblyFixture(typeof(S3Lifetime))]
[assembly: UnsupportedOSPlatform("windows")]
