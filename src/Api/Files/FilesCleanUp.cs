using LocalAI.Pipeline.Api.Files.Uploads;
using LocalAI.Pipeline.ObjectStorage;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>
/// Removes what has expired, contents included. Safe to run on several instances at once: what one has removed the other does not
/// find.
/// </summary>
internal sealed class FilesCleanUp(FileStore files, FileObjects objects, UploadStore uploads, PartObjects parts, IObjectStore store, IOptions<FilesOptions> options, TimeProvider time)
{
    // Rows that one statement looks for.
    private const int AtOnce = 100;

    /// <summary>Files over their time, with their contents.</summary>
    public async Task<int> RemoveFilesAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        while (await files.DeleteExpiredAsync(AtOnce, cancellationToken) is { Count: > 0 } ids)
        {
            foreach (var id in ids)
            {
                await objects.DiscardAsync(id);
            }

            removed += ids.Count;
        }

        return removed;
    }

    /// <summary>Uploads over their time, whatever became of them. Their parts go first: a row that is left brings the next try.</summary>
    public async Task<int> RemoveUploadsAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        while (await uploads.ExpiredAsync(AtOnce, cancellationToken) is { Count: > 0 } ids)
        {
            foreach (var id in ids)
            {
                await parts.DeleteAllAsync(id, cancellationToken);
                await uploads.DeleteAsync(id, cancellationToken);
            }

            removed += ids.Count;
        }

        return removed;
    }

    /// <summary>Contents whose row was never written (a process died between the two), or was removed when the store was away.</summary>
    public async Task<int> RemoveOrphansAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - options.Value.OrphanAge;
        var removed = 0;
        var looked = new List<string>(AtOnce);
        await foreach (var found in store.ListAsync(ObjectKeys.Files, cancellationToken))
        {
            if (found.WrittenAt < oldest)
            {
                looked.Add(found.Key.Value.Split('/')[^1]);
            }

            if (looked.Count == AtOnce)
            {
                removed += await RemoveUnknownAsync(looked, cancellationToken);
                looked.Clear();
            }
        }

        return removed + await RemoveUnknownAsync(looked, cancellationToken);
    }

    private async Task<int> RemoveUnknownAsync(List<string> ids, CancellationToken cancellationToken)
    {
        var known = await files.KnownAsync(ids, cancellationToken);
        var unknown = ids.Where(id => !known.Contains(id)).ToList();
        foreach (var id in unknown)
        {
            await objects.DiscardAsync(id);
        }

        return unknown.Count;
    }
}
