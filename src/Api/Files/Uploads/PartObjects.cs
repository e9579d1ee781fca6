using LocalAI.Pipeline.ObjectStorage;

namespace LocalAI.Pipeline.Api.Files.Uploads;

/// <summary>The contents of parts.</summary>
internal sealed class PartObjects(IObjectStore store)
{
    public Task<WrittenObject> WriteAsync(string uploadId, string partId, Stream content, CancellationToken cancellationToken) =>
        store.WriteAsync(ObjectKeys.UploadPart(uploadId, partId), content, FileObjects.ContentType, cancellationToken);

    /// <summary>All parts in one stream, opened one after another.</summary>
    public Stream Join(string uploadId, IReadOnlyList<string> partIds) =>
        new JoinedStream(partIds, (partId, cancellationToken) => store.OpenAsync(ObjectKeys.UploadPart(uploadId, partId), 0, null, cancellationToken));

    public Task DeleteAsync(string uploadId, string partId, CancellationToken cancellationToken) => store.DeleteAsync(ObjectKeys.UploadPart(uploadId, partId), cancellationToken);

    /// <summary>Removes all parts that are there.</summary>
    public async Task DeleteAllAsync(string uploadId, CancellationToken cancellationToken)
    {
        var keys = new List<ObjectKey>();
        await foreach (var part in store.ListAsync(ObjectKeys.Upload(uploadId), cancellationToken))
        {
            keys.Add(part.Key);
        }

        foreach (var key in keys)
        {
            await store.DeleteAsync(key, cancellationToken);
        }
    }
}
