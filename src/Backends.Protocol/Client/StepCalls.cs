using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol.Client;

/// <summary>Generations over the client's feed where the backend has feeds, else each over its own stream.</summary>
internal sealed class StepCalls(CallInvoker calls)
{
    private readonly Lock _gate = new();
    private Task<StepFeed?>? _feed;

    public async Task PredictAsync(PredictOptions request, Func<Reply, CancellationToken, ValueTask> take, CancellationToken cancellationToken)
    {
        if (await FeedAsync(cancellationToken) is { } feed)
        {
            await FollowAsync(feed, request, take, cancellationToken);
            return;
        }

        await foreach (var reply in calls.StreamAsync(BackendMethods.PredictStream, request, calls.BeginPulse(), cancellationToken))
        {
            await take(reply, cancellationToken);
        }
    }

    private async Task FollowAsync(StepFeed feed, PredictOptions request, Func<Reply, CancellationToken, ValueTask> take, CancellationToken cancellationToken)
    {
        await using var generation = new StepGeneration(take, calls.BeginPulse(), cancellationToken);
        request.StepFeed = feed.Name;
        request.StepGeneration = feed.Add(generation);
        try
        {
            // The stream has no replies, only an end; the generation's own pulse tells whether it is silent.
            await foreach (var reply in calls.StreamAsync(BackendMethods.PredictStream, request, RunningCalls.Pulse.Unheard, generation.Stopping))
            {
                generation.Receive(reply);
            }

            await generation.LastTaken.WaitAsync(generation.Stopping);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && generation.Stopping.IsCancellationRequested)
        {
            if (feed is { IsLost: true, Failure: { } failure })
            {
                throw failure;
            }

            // As the taker failed.
            await generation.LastTaken;
        }
        finally
        {
            feed.Remove(request.StepGeneration);
        }
    }

    private async ValueTask<StepFeed?> FeedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<StepFeed?> opening;
            lock (_gate)
            {
                // It belongs to the client, not to whoever asked first.
                opening = _feed ??= StepFeed.OpenAsync(calls);
            }

            try
            {
                var feed = await opening.WaitAsync(cancellationToken);
                if (feed is not { IsLost: true })
                {
                    return feed;
                }
            }
            catch (BackendCallException)
            {
                Forget(opening);
                throw;
            }

            Forget(opening);
        }
    }

    private void Forget(Task<StepFeed?> opening)
    {
        lock (_gate)
        {
            _feed = _feed == opening ? null : _feed;
        }
    }
}
