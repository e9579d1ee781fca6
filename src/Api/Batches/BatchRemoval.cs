using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.ObjectStorage;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches;

/// <summary>Removes batches that have ended, with what they keep of their own. Their output files are their owner's.</summary>
internal sealed class BatchRemoval(BatchStore batches, IObjectStore store, IOptions<BatchesOptions> options, TimeProvider time)
{
    private const int AtOnce = 100;

    // Longer than any request that is still writing its row.
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    /// <summary>The content goes first: a row that is left brings the next try.</summary>
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var keys = new List<ObjectKey>();
        await foreach (var found in store.ListAsync(ObjectKeys.Batch(id), cancellationToken))
        {
            keys.Add(found.Key);
        }

        foreach (var key in keys)
        {
            await store.DeleteAsync(key, cancellationToken);
        }

        return await batches.DeleteEndedAsync(id, cancellationToken);
    }

    /// <summary>All that ended long ago.</summary>
    public async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        while (await batches.EndedBeforeAsync(time.GetUtcNow() - options.Value.Retention, AtOnce, cancellationToken) is { Count: > 0 } ids)
        {
            foreach (var id in ids)
            {
                await RemoveAsync(id, cancellationToken);
            }
        }
    }

    /// <summary>Content whose row was never written: a process died between the two.</summary>
    public async Task RemoveOrphansAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - OrphanAge;
        await foreach (var found in store.ListAsync(ObjectKeys.Batches, cancellationToken))
        {
            if (found.WrittenAt < oldest && !await batches.ExistsAsync(found.Key.Value.Split('/')[1], cancellationToken))
            {
                await store.DeleteAsync(found.Key, cancellationToken);
            }
        }
    }
}
