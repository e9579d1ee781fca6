namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>An opened object. Disposing it closes its stream.</summary>
/// <param name="content">The bytes that were asked for.</param>
/// <param name="totalLength">Bytes of the whole object.</param>
/// <param name="contentType">Its media type.</param>
public sealed class ObjectContent(Stream content, long totalLength, string contentType) : IAsyncDisposable
{
    /// <summary>The bytes that were asked for; can be read once, from the beginning. Throws <see cref="ObjectStoreException"/> where the store goes away.</summary>
    public Stream Content => content;

    /// <summary>Bytes of the whole object.</summary>
    public long TotalLength => totalLength;

    /// <summary>Its media type.</summary>
    public string ContentType => contentType;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => content.DisposeAsync();
}
