namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>
/// Keeps large content under a key: in a folder or on an S3 server. An object is written once and as a whole: until a write has
/// ended nobody sees it, and a write that fails leaves nothing. Every method throws an <see cref="ObjectStoreException"/> when the
/// store is full or away, and passes on whatever the caller's own stream throws.
/// </summary>
public interface IObjectStore
{
    /// <summary>Writes an object from a stream of any length, holding a bounded piece of it in memory. An object that was there is replaced.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="content">Read to its end; stays open.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="cancellationToken">Gives the write up.</param>
    /// <returns>What was written; the store itself does not keep the hash.</returns>
    Task<WrittenObject> WriteAsync(ObjectKey key, Stream content, string contentType, CancellationToken cancellationToken);

    /// <summary>Opens an object, or a part of it; null when there is none.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="offset">The first byte; at or after the object's end there is nothing to read.</param>
    /// <param name="length">Bytes at most; null means up to the end.</param>
    /// <param name="cancellationToken">Gives the opening up.</param>
    Task<ObjectContent?> OpenAsync(ObjectKey key, long offset, long? length, CancellationToken cancellationToken);

    /// <summary>Deletes an object; one that is not there is deleted already.</summary>
    Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>The objects below a key, in no particular order.</summary>
    /// <example><c>uploads/upload_1</c> has <c>uploads/upload_1/part_1</c>, and neither itself nor <c>uploads/upload_10</c>.</example>
    IAsyncEnumerable<ListedObject> ListAsync(ObjectKey below, CancellationToken cancellationToken);

    /// <summary>Makes sure that objects can be written here: makes the folder or the bucket where it is missing.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Removes what writers left that died in mid-write. No living writer is disturbed.</summary>
    /// <returns>How many writes were cleaned up.</returns>
    Task<int> RemoveLeftoversAsync(CancellationToken cancellationToken);
}
