using LocalAI.Pipeline.Testing.PostgreSql;

[assembly: AssemblyFixture(typeof(PostgreSqlLifetime))]
