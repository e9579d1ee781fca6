using LocalAI.Pipeline.Testing.PostgreSql;
using LocalAI.Pipeline.Testing.RabbitMq;

[assembly: AssemblyFixture(typeof(PostgreSqlLifetime))]
[assembly: AssemblyFixture(typeof(RabbitMqLifetime))]
