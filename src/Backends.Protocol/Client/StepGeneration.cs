using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Protocol.Client;

/// <summary>
/// One generation whose replies come through a feed. They are handed on where they are read, on the feed's own loop; while the
/// taker does not keep up they wait here, so that it holds up nobody else. An answer has no more replies than tokens, and those
/// are bounded by the backend's context.
/// </summary>
internal sealed class StepGeneration : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Reply> _waiting = new();
    private readonly TaskCompletionSource _last = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<Reply, CancellationToken, ValueTask> _take;
    private readonly CancellationTokenSource _stopping;
    private readonly RunningCalls.Pulse _pulse;
    private Task _taking = Task.CompletedTask;
    private Task _cancelling = Task.CompletedTask;
    private bool _isTaking;
    private bool _isClosed;

    public StepGeneration(Func<Reply, CancellationToken, ValueTask> take, RunningCalls.Pulse pulse, CancellationToken caller)
    {
        _take = take;
        _pulse = pulse;
        _pulse.Waits();
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(caller);
    }

    /// <summary>Fires when there is no sense in going on: the caller's token, a lost feed, a taker that failed.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Completes when the last reply was taken; fails as the taker failed.</summary>
    public Task LastTaken => _last.Task;

    /// <summary>Ends it, because nothing more will come.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                _waiting.Clear();
                // Elsewhere: what is cancelled by it may take this gate.
                _cancelling = _stopping.CancelAsync();
            }
        }
    }

    /// <summary>For the one loop that reads the feed.</summary>
    public void Receive(Reply reply)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            if (_isTaking)
            {
                _waiting.Enqueue(reply);
                return;
            }

            _pulse.Waits();
            var taking = _take(reply, Stopping);
            if (taking.IsCompletedSuccessfully)
            {
                Took(reply);
                return;
            }

            _isTaking = true;
            _pulse.Received();
            _taking = DrainAsync(taking, reply);
        }
    }

    /// <summary>Nothing is handed on afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiting.Clear();
        }

        await _taking;
        await _cancelling;
        _pulse.Dispose();
        _stopping.Dispose();
    }

    private async Task DrainAsync(ValueTask taking, Reply reply)
    {
        try
        {
            while (true)
            {
                await taking;
                lock (_gate)
                {
                    Took(reply);
                    if (!_waiting.TryDequeue(out var next))
                    {
                        _isTaking = false;
                        _pulse.Waits();
                        return;
                    }

                    reply = next;
                }

                taking = _take(reply, Stopping);
            }
        }
        catch (Exception exception)
        {
            // The caller gets it from LastTaken, whatever it is.
            lock (_gate)
            {
                _isClosed = true;
                _waiting.Clear();
            }

            _last.TrySetException(exception);
            await _stopping.CancelAsync();
        }
    }

    private void Took(Reply reply)
    {
        if (reply.FinishReason.Length > 0)
        {
            _last.TrySetResult();
        }
    }
}
