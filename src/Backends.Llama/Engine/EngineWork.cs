namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>
/// Work other than generating that needs the engine's thread and its processors (embeddings): one piece is done between two
/// decode steps. Bounded like the generations that wait.
/// </summary>
internal sealed class EngineWork(int slots, int limit)
{
    private readonly Lock _gate = new();
    private readonly Queue<(Action Run, Action<Exception> Fail)> _queue = new();
    private bool _closed;

    /// <exception cref="EngineFullException">As much waits as may wait.</exception>
    /// <exception cref="EngineStoppedException">The engine takes no more.</exception>
    internal Task<T> Add<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closed)
                throw new EngineStoppedException();
            if (_queue.Count >= limit)
                throw new EngineFullException(slots, limit);
            _queue.Enqueue((() => Run(work, done, cancellationToken), e => done.TrySetException(e)));
        }
        return done.Task;
    }

    /// <returns>False when there was nothing to do.</returns>
    internal bool RunNext()
    {
        Action run;
        lock (_gate)
        {
            if (_queue.Count == 0)
                return false;
            run = _queue.Dequeue().Run;
        }
        run();
        return true;
    }

    /// <summary>Fails what waits and takes no more.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            while (_queue.TryDequeue(out var work))
                work.Fail(new EngineStoppedException());
        }
    }

    // Whatever goes wrong belongs to the one who asked, not to the engine's thread.
    private static void Run<T>(Func<T> work, TaskCompletionSource<T> done, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            done.SetCanceled(cancellationToken);
            return;
        }
        try
        {
            done.SetResult(work());
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }
}
