using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>The feeds that callers have open, each for as long as its call runs; the server's limit on streams bounds them.</summary>
internal sealed class StepFeeds
{
    private readonly ConcurrentDictionary<string, StepFeed> _open = new(StringComparer.Ordinal);

    internal async IAsyncEnumerable<Step> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var feed = new StepFeed();
        string name = Guid.NewGuid().ToString("N");
        _open[name] = feed;
        try
        {
            yield return new Step { Feed = name };
            while (true)
                yield return await feed.NextAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _open.TryRemove(name, out _);
        }
    }

    /// <exception cref="BackendCallException">Its caller is gone.</exception>
    internal StepFeed Find(string name)
        => _open.TryGetValue(name, out StepFeed? feed) ? feed : throw new BackendCallException(GrpcStatus.Unavailable, $"no feed '{name}' is open");
}
