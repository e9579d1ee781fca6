namespace LocalAI.Pipeline.Testing.S3;

/// <summary>Ends the test program's S3 server after its last test, if one was started.</summary>
public sealed class S3Lifetime : IAsyncDisposable
{
    /// <inheritdoc />
    public ValueTask DisposeAsync() => S3Server.DisposeSharedAsync();
}
