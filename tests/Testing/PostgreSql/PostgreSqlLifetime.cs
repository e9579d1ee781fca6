namespace LocalAI.Pipeline.Testing.PostgreSql;

/// <summary>Ends the test program's PostgreSQL after its last test, if one was started.</summary>
public sealed class PostgreSqlLifetime : IAsyncDisposable
{
    /// <inheritdoc />
    public ValueTask DisposeAsync() => PostgreSqlServer.DisposeSharedAsync();
}
