using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>How many lines of one key are under way in this process, whatever number of batches they are of.</summary>
internal sealed class KeyPlaces(IOptions<BatchesOptions> options)
{
    // As many as keys have run batches, which the configuration bounds.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _keys = new(StringComparer.Ordinal);

    public async Task<IDisposable> EnterAsync(string owner, CancellationToken cancellationToken)
    {
        var places = _keys.GetOrAdd(owner, static (_, count) => new SemaphoreSlim(count), options.Value.LinesOfOneKey);
        await places.WaitAsync(cancellationToken);
        return new Place(places);
    }

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
