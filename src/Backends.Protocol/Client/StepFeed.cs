using System.Collections.Concurrent;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol.Client;

/// <summary>An open feed (steps.proto): one loop that reads what all generations of this client said in each step.</summary>
internal sealed class StepFeed
{
    private readonly ConcurrentDictionary<long, StepGeneration> _generations = new();
    private long _lastId;
    private volatile bool _isLost;

    private StepFeed(string name) => Name = name;

    public string Name { get; }

    /// <summary>Nothing more will come.</summary>
    public bool IsLost => _isLost;

    /// <summary>Why it was lost.</summary>
    public BackendCallException? Failure { get; private set; }

    /// <summary>Opens one; null when the backend has none.</summary>
    public static async Task<StepFeed?> OpenAsync(CallInvoker calls)
    {
        var pulse = calls.BeginPulse();
        var steps = calls.StreamAsync(BackendMethods.FollowSteps, new FollowRequest(), pulse, CancellationToken.None).GetAsyncEnumerator();
        try
        {
            if (!await steps.MoveNextAsync() || steps.Current.Feed.Length == 0)
            {
                throw new BackendCallException(GrpcStatus.Internal, "The backend opened a feed of steps without a name");
            }
        }
        catch (BackendCallException exception)
        {
            await steps.DisposeAsync();
            // A server that does not know the call may have other words for it than UNIMPLEMENTED; of a lost one nothing is known.
            if (exception.Status is GrpcStatus.Unavailable or GrpcStatus.Cancelled or GrpcStatus.DeadlineExceeded)
            {
                throw;
            }

            return null;
        }

        // From here on it may be silent for ever: its generations have pulses of their own.
        pulse.Dispose();
        var feed = new StepFeed(steps.Current.Feed);
        _ = feed.RunAsync(steps);
        return feed;
    }

    public long Add(StepGeneration generation)
    {
        var id = Interlocked.Increment(ref _lastId);
        _generations[id] = generation;
        if (IsLost)
        {
            generation.Stop();
        }

        return id;
    }

    public void Remove(long id) => _generations.TryRemove(id, out _);

    private async Task RunAsync(IAsyncEnumerator<Step> steps)
    {
        try
        {
            while (await steps.MoveNextAsync())
            {
                foreach (var said in steps.Current.Replies)
                {
                    // One that was cancelled may still be in a step or two.
                    if (_generations.TryGetValue(said.Generation, out var generation))
                    {
                        generation.Receive(said.Reply);
                    }
                }
            }

            Failure = new BackendCallException(GrpcStatus.Unavailable, "The backend ended the feed of steps");
        }
        catch (BackendCallException exception)
        {
            Failure = exception;
        }
        finally
        {
            _isLost = true;
            await steps.DisposeAsync();
            foreach (var generation in _generations.Values)
            {
                generation.Stop();
            }
        }
    }
}
