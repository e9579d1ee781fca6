using LocalAI.Pipeline.Testing.RabbitMq;

[assembly: AssemblyFixture(typeof(RabbitMqLifetime))]
