using System.Collections.Concurrent;

namespace LocalAI.Pipeline.Api.Hubs;

/// <summary>The hub's streams of this instance, so that their owners can cancel them; as many as jobs run.</summary>
internal sealed class OpenGenerations
{
    private readonly ConcurrentDictionary<string, (string Owner, CancellationTokenSource Ended)> _open = new(StringComparer.Ordinal);

    /// <summary>Disposing takes it out again.</summary>
    public IDisposable Add(string id, string owner, CancellationTokenSource ended)
    {
        _open[id] = (owner, ended);
        return new Entry(this, id);
    }

    public bool Cancel(string id, string owner)
    {
        // Another owner's stream is as unknown as one that never was.
        if (!_open.TryGetValue(id, out var stream) || stream.Owner != owner || !_open.TryRemove(id, out _))
        {
            return false;
        }

        stream.Ended.Cancel();
        return true;
    }

    private sealed class Entry(OpenGenerations all, string id) : IDisposable
    {
        public void Dispose() => all._open.TryRemove(id, out _);
    }
}
