using System.Threading.Tasks.Sources;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Relay;

/// <summary>
/// What one reader sees of its jobs (one for each choice of a request): a bounded buffer that the jobs fill and one reader
/// empties in batches. Waiting allocates nothing. Disposing it before the end cancels what still runs.
/// </summary>
internal sealed class JobSubscription : IValueTaskSource, IDisposable
{
    private readonly Lock _gate = new();
    private readonly JobRelay _relay;
    private readonly RelayClock _clock;
    private readonly ReaderTerms _terms;
    private readonly CancellationTokenRegistration _abortion;
    // The relay's threads only hand the wake-up on: whoever reads, writes to a network.
    private ManualResetValueTaskSourceCore<bool> _signal = new() { RunContinuationsAsynchronously = true };
    private List<JobDelta> _filling = [];
    private List<JobDelta> _reading = [];
    private bool _isWaiting;
    private long _waitingSince;
    private int _open;

    public JobSubscription(JobRelay relay, int jobs, RelayClock clock, ReaderTerms terms)
    {
        (_relay, _open, _clock, _terms) = (relay, jobs, clock, terms);
        _abortion = terms.Aborted.UnsafeRegister(static state => ((JobSubscription)state!).Wake(), this);
    }

    /// <summary>The jobs, in the order of their choices.</summary>
    public IReadOnlyList<JobStream> Jobs { get; internal set; } = [];

    /// <summary>Whether the last delta of every job was taken, or the failure of one: nothing follows.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Returns when deltas are ready, or when the quiet time is over without one.</summary>
    /// <exception cref="OperationCanceledException">The reader's own token was cancelled.</exception>
    public ValueTask WaitAsync()
    {
        lock (_gate)
        {
            _terms.Aborted.ThrowIfCancellationRequested();
            if (_filling.Count > 0)
            {
                return ValueTask.CompletedTask;
            }

            _signal.Reset();
            _isWaiting = true;
            _waitingSince = _clock.Now;
            return new ValueTask(this, _signal.Version);
        }
    }

    /// <summary>All deltas that are ready, in order; they are the reader's until it takes the next.</summary>
    public IReadOnlyList<JobDelta> Take()
    {
        lock (_gate)
        {
            _reading.Clear();
            (_reading, _filling) = (_filling, _reading);
            foreach (var (_, delta) in _reading)
            {
                _open = delta.Failure is not null ? 0 : delta.IsLast ? _open - 1 : _open;
            }

            IsComplete = _open <= 0;
            return _reading;
        }
    }

    /// <summary>False when the reader is too far behind.</summary>
    public bool TryWrite(JobDelta delta)
    {
        lock (_gate)
        {
            if (_filling.Count >= _terms.Capacity)
            {
                return false;
            }

            _filling.Add(delta);
        }

        Wake();
        return true;
    }

    /// <summary>A failure finds room always: it is the last that is written.</summary>
    public void Fail(int choice, JobFailure failure)
    {
        lock (_gate)
        {
            _filling.Add(new JobDelta(choice, new GenerationDelta { Sequence = long.MaxValue, Failure = failure }));
        }

        Wake();
    }

    /// <summary>Wakes a reader that has waited for its quiet time.</summary>
    public void WakeWhenQuiet(long now)
    {
        if (_clock.Between(Volatile.Read(ref _waitingSince), now) >= _terms.QuietTime)
        {
            Wake();
        }
    }

    public void Dispose()
    {
        _abortion.Dispose();
        _relay.Leave(this);
    }

    void IValueTaskSource.GetResult(short token)
    {
        _signal.GetResult(token);
        _terms.Aborted.ThrowIfCancellationRequested();
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _signal.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _signal.OnCompleted(continuation, state, token, flags);

    private void Wake()
    {
        lock (_gate)
        {
            if (_isWaiting)
            {
                _isWaiting = false;
                _signal.SetResult(true);
            }
        }
    }
}
