using System.Collections.Concurrent;
using LocalAI.Pipeline.Bus.Commands;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>
/// What the broker last said about each queue. Asking costs a round trip, so a request looks at the last answer, which it
/// renews in the background when it is older than a second: its first token never waits for it.
/// </summary>
internal sealed class QueueDepths(IQueueInspector inspector, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    // An answer that is older tells nothing about now: the queue may have run empty meanwhile.
    private static readonly TimeSpan UsableFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Look> _looks = new(StringComparer.Ordinal);

    /// <summary>The last answer; null when there is none that is worth anything.</summary>
    public QueueDepth? Latest(string queue)
    {
        var look = _looks.GetOrAdd(queue, static _ => new Look());
        if (look.IsOlderThan(FreshFor, time) && look.TryBegin())
        {
            _ = RenewAsync(queue, look);
        }

        return look.IsOlderThan(UsableFor, time) ? null : look.Depth;
    }

    /// <summary>An answer from now.</summary>
    public Task<QueueDepth?> AskAsync(string queue, CancellationToken cancellationToken) => inspector.GetDepthAsync(queue, cancellationToken);

    private async Task RenewAsync(string queue, Look look)
    {
        try
        {
            // Bounded by the connection's own time-outs; at most one for each queue.
            look.Depth = await inspector.GetDepthAsync(queue, CancellationToken.None);
        }
        catch (ObjectDisposedException)
        {
            // The process stops.
            look.Depth = null;
        }
        finally
        {
            look.End(time);
        }
    }

    private sealed class Look
    {
        private int _isAsking;
        private long _at = long.MinValue;

        public QueueDepth? Depth { get; set; }

        public bool IsOlderThan(TimeSpan age, TimeProvider time)
        {
            var at = Volatile.Read(ref _at);
            return at == long.MinValue || time.GetElapsedTime(at) > age;
        }

        public bool TryBegin() => Interlocked.Exchange(ref _isAsking, 1) == 0;

        public void End(TimeProvider time)
        {
            Volatile.Write(ref _at, time.GetTimestamp());
            Volatile.Write(ref _isAsking, 0);
        }
    }
}
