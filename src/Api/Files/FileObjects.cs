using LocalAI.Pipeline.ObjectStorage;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>The contents of files.</summary>
internal sealed class FileObjects(IObjectStore store, ILogger<FileObjects> logger)
{
    // What a file is, its name tells. A browser must never take an uploaded page for one of this server's.
    public const string ContentType = "application/octet-stream";

    // Whoever waits for the answer that something failed does not wait long for the clean-up.
    private static readonly TimeSpan DiscardTimeout = TimeSpan.FromSeconds(10);

    public static StoredFile Row(WrittenObject content, string id, string owner, string name, string purpose, DateTimeOffset now, int? expiresAfterSeconds) => new()
    {
        Id = id,
        Owner = owner,
        Filename = name,
        Purpose = purpose,
        Bytes = content.Length,
        Sha256 = content.Sha256,
        CreatedAt = now,
        ExpiresAt = expiresAfterSeconds is { } seconds ? now.AddSeconds(seconds) : null,
    };

    public Task<WrittenObject> WriteAsync(string fileId, Stream content, CancellationToken cancellationToken) =>
        store.WriteAsync(ObjectKeys.File(fileId), content, ContentType, cancellationToken);

    public Task<ObjectContent?> OpenAsync(string fileId, long offset, long? length, CancellationToken cancellationToken) =>
        store.OpenAsync(ObjectKeys.File(fileId), offset, length, cancellationToken);

    /// <summary>Removes content whose row is not there, or not any more. Where the store is away it stays for the clean-up.</summary>
    public async Task DiscardAsync(string fileId)
    {
        using var timeout = new CancellationTokenSource(DiscardTimeout);
        try
        {
            await store.DeleteAsync(ObjectKeys.File(fileId), timeout.Token);
        }
        catch (Exception e) when (e is ObjectStoreException or OperationCanceledException)
        {
            logger.DiscardFailed(fileId, e.Message);
        }
    }
}
