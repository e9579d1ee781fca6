using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Workers.Hosting.Deltas;

/// <summary>
/// The deltas of one job on their way to its relay. Sequence numbers are given when a frame is built, so plain text that
/// waited together becomes one delta and numbers stay contiguous.
/// </summary>
public sealed class JobDeltas : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<GenerationDelta> _pending = [];
    private readonly List<GenerationDelta> _sent = [];
    private readonly CancellationTokenSource _gone = new();
    private readonly TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<JobDeltas> _changed;
    private readonly int _limit;
    private TaskCompletionSource? _room;
    private long _nextSequence;
    private bool _ended;
    private bool _mayBeAlive = true;

    internal JobDeltas(Guid jobId, int attempt, string instanceId, long nextSequence, int limit, Action<JobDeltas> changed)
    {
        (JobId, Attempt, InstanceId, _nextSequence, _limit, _changed) = (jobId, attempt, instanceId, nextSequence, limit, changed);
        FirstSequence = nextSequence;
    }

    /// <summary>The job.</summary>
    public Guid JobId { get; }

    /// <summary>The attempt that these deltas belong to.</summary>
    public int Attempt { get; }

    /// <summary>The API instance that they go to.</summary>
    public string InstanceId { get; }

    /// <summary>Cancelled when the API instance is gone: nobody wants the rest.</summary>
    public CancellationToken InstanceGone => _gone.Token;

    /// <summary>Completes when the last delta was handed on, or the instance is gone.</summary>
    public Task Delivered => _delivered.Task;

    internal long FirstSequence { get; }

    internal int Dirty;

    internal bool IsAlive
    {
        get
        {
            lock (_lock)
            {
                return _mayBeAlive && !_ended;
            }
        }
    }

    /// <summary>Adds a delta (its sequence number is ignored); waits while too many wait to be sent.</summary>
    public async ValueTask AddAsync(GenerationDelta delta, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delta);
        while (true)
        {
            Task room;
            lock (_lock)
            {
                if (_ended)
                {
                    throw new InvalidOperationException($"Job {JobId} has ended: nothing can follow its last delta.");
                }

                if (_pending.Count < _limit || _gone.IsCancellationRequested)
                {
                    _pending.Add(delta);
                    _ended = delta.IsLast;
                    break;
                }

                room = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await room.WaitAsync(cancellationToken);
        }

        _changed(this);
    }

    /// <summary>Ends the job here without a last delta: it was cancelled, or another worker goes on with it.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _mayBeAlive = false;
            _pending.Clear();
        }

        _delivered.TrySetResult();
    }

    /// <inheritdoc/>
    public void Dispose() => _gone.Dispose();

    internal void TakePending(List<DeltaFrameEntry> entries)
    {
        lock (_lock)
        {
            DeltaMerge.Merge(_pending, delta =>
            {
                var numbered = delta with { Sequence = _nextSequence++ };
                _sent.Add(numbered);
                entries.Add(new DeltaFrameEntry { JobId = JobId, Attempt = Attempt, Delta = numbered });
            });
            _pending.Clear();
            _room?.TrySetResult();
            _room = null;
        }
    }

    internal void TakeSentFrom(long sequence, List<DeltaFrameEntry> entries)
    {
        lock (_lock)
        {
            for (var i = Math.Max(0, (int)Math.Min(sequence - FirstSequence, _sent.Count)); i < _sent.Count; i++)
            {
                entries.Add(new DeltaFrameEntry { JobId = JobId, Attempt = Attempt, Delta = _sent[i] });
            }
        }
    }

    internal void ConfirmLast() => _delivered.TrySetResult();

    internal void MarkInstanceGone()
    {
        lock (_lock)
        {
            _mayBeAlive = false;
            _room?.TrySetResult();
            _room = null;
        }

        _gone.Cancel();
        _delivered.TrySetResult();
    }
}
