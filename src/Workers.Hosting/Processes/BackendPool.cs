using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.ModelCatalogue;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>
/// The models that this worker has in memory: loaded on demand, at most so many and so large at once, the least recently used
/// idle one leaves first, and one that nobody used for a while leaves by itself.
/// </summary>
public sealed class BackendPool : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Func<ModelDefinition, BackendSupervisor> _supervise;
    private readonly BackendOptions _options;
    private readonly TimeProvider _time;
    private readonly ModelMemory _memory = new();
    private TaskCompletionSource _released = NewSignal();

    internal BackendPool(Func<ModelDefinition, BackendSupervisor> supervise, IOptions<BackendOptions> options, TimeProvider time)
    {
        _supervise = supervise;
        _options = options.Value;
        _time = time;
    }

    /// <summary>Takes a model into use, loading it first where needed.</summary>
    /// <exception cref="JobFailedException">It cannot be loaded, or there is no room for it in time.</exception>
    public async Task<BackendLease> AcquireAsync(ModelDefinition model, CancellationToken cancellationToken)
    {
        var entry = await EnterAsync(model, cancellationToken);
        try
        {
            var process = await entry.Supervisor.GetAsync(cancellationToken);
            if (LimitBytes > 0 && Interlocked.Exchange(ref entry.Measured, process) != process)
            {
                await _memory.MeasureAsync(model, process.Client, cancellationToken);
                await TrimAsync();
            }

            return new BackendLease(entry.Supervisor, process, () => Release(entry));
        }
        catch
        {
            Release(entry);
            throw;
        }
    }

    /// <summary>Unloads a model that nobody uses; false when it is in use or not here.</summary>
    public async Task<bool> UnloadAsync(string model)
    {
        Entry? entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(model, out entry) || entry.Users > 0)
            {
                return false;
            }

            _entries.Remove(model);
        }

        await entry.Supervisor.DisposeAsync();
        Signal();
        return true;
    }

    /// <summary>Unloads what nobody used for <see cref="BackendOptions.IdleTimeout"/>.</summary>
    public async Task UnloadIdleAsync()
    {
        if (_options.IdleTimeout <= TimeSpan.Zero)
        {
            return;
        }

        List<string> idle;
        lock (_lock)
        {
            var before = _time.GetUtcNow() - _options.IdleTimeout;
            idle = [.. _entries.Where(pair => pair.Value.Users == 0 && pair.Value.LastUsed <= before).Select(pair => pair.Key)];
        }

        foreach (var model in idle)
        {
            await UnloadAsync(model);
        }
    }

    /// <summary>A model's state for the heartbeat.</summary>
    public (bool Loaded, long Restarts, string? Problem) StateOf(string model)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(model, out var entry)
                ? (entry.Supervisor.IsLoaded, entry.Supervisor.Restarts, entry.Supervisor.Problem)
                : (false, 0, null);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Entry[] entries;
        lock (_lock)
        {
            entries = [.. _entries.Values];
            _entries.Clear();
        }

        await Task.WhenAll(entries.Select(entry => entry.Supervisor.DisposeAsync().AsTask()));
    }

    private long LimitBytes => _options.MaxMemoryMebibytes << 20;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<Entry> EnterAsync(ModelDefinition model, CancellationToken cancellationToken)
    {
        var until = _time.GetUtcNow() + _options.RoomTimeout;
        while (true)
        {
            Entry? leaving = null;
            Task released;
            lock (_lock)
            {
                if (_entries.TryGetValue(model.Name, out var entry))
                {
                    entry.Users++;
                    return entry;
                }

                if (HasRoomFor(model))
                {
                    return _entries[model.Name] = new Entry(_supervise(model)) { Users = 1, LastUsed = _time.GetUtcNow() };
                }

                released = _released.Task;
                leaving = TakeIdle();
            }

            if (leaving is not null)
            {
                await leaving.Supervisor.DisposeAsync();
                continue;
            }

            await WaitForRoomAsync(model, released, until, cancellationToken);
        }
    }

    // One model alone may be over the memory: otherwise it could never be served.
    private bool HasRoomFor(ModelDefinition model) =>
        _entries.Count == 0 || (_entries.Count < _options.MaxLoaded && (LimitBytes == 0 || UsedBytes() + _memory.Of(model) <= LimitBytes));

    private long UsedBytes() => _entries.Values.Sum(entry => _memory.Of(entry.Supervisor.Model));

    private Entry? TakeIdle()
    {
        var idle = _entries.Values.Where(entry => entry.Users == 0).OrderBy(entry => entry.Supervisor.IsLoaded).ThenBy(entry => entry.LastUsed).FirstOrDefault();
        if (idle is not null)
        {
            _entries.Remove(idle.Supervisor.Model.Name);
        }

        return idle;
    }

    /// <summary>A model turned out to be larger than its file: idle ones leave until all fit, or none is idle.</summary>
    private async Task TrimAsync()
    {
        while (true)
        {
            Entry? leaving;
            lock (_lock)
            {
                leaving = UsedBytes() > LimitBytes ? TakeIdle() : null;
            }

            if (leaving is null)
            {
                return;
            }

            await leaving.Supervisor.DisposeAsync();
        }
    }

    private async Task WaitForRoomAsync(ModelDefinition model, Task released, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var left = until - _time.GetUtcNow();
        try
        {
            await released.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new JobFailedException(
                FailureCode.BackendBusy,
                $"No room for model '{model.Name}': the models in use here leave none ({BackendOptions.SectionName}:MaxLoaded is {_options.MaxLoaded}, :MaxMemoryMebibytes {_options.MaxMemoryMebibytes}). Try again later.",
                exception);
        }
    }

    private void Release(Entry entry)
    {
        lock (_lock)
        {
            entry.Users--;
            entry.LastUsed = _time.GetUtcNow();
        }

        Signal();
    }

    private void Signal()
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            waiting = _released;
            _released = NewSignal();
        }

        waiting.TrySetResult();
    }

    private sealed class Entry(BackendSupervisor supervisor)
    {
        /// <summary>The process whose memory is known.</summary>
        public BackendProcess? Measured;

        public BackendSupervisor Supervisor { get; } = supervisor;

        public int Users { get; set; }

        public DateTimeOffset LastUsed { get; set; }
    }
}
