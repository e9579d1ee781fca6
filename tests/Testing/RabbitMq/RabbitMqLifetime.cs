namespace LocalAI.Pipeline.Testing.RabbitMq;

/// <summary>Ends the test program's broker after its last test, if one was started.</summary>
public sealed class RabbitMqLifetime : IAsyncDisposable
{
    /// <inheritdoc />
    public ValueTask DisposeAsync() => RabbitMqServer.DisposeSharedAsync();
}
