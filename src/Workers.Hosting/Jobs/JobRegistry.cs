namespace LocalAI.Pipeline.Workers.Hosting.Jobs;

/// <summary>
/// The jobs that run in this worker. A command that is delivered again while its job still runs here attaches to it; a
/// cancellation that came before its command is remembered for a while.
/// </summary>
public sealed class JobRegistry : IDisposable
{
    // Cancellations reach every worker: this many are about ten minutes of a busy deployment, in under a MiB.
    private const int RememberedCancellations = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, RunningJob> _running = [];
    private readonly HashSet<Guid> _cancelled = [];
    private readonly Queue<Guid> _cancelledOrder = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Jobs that run now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>
    /// Runs a job, or waits for the one of that id that already runs. The job does not belong to the delivery:
    /// <paramref name="deliveryLost"/> ends only the wait, and a later delivery finds the job again.
    /// </summary>
    public async Task RunAsync(Guid jobId, Func<RunningJob, Task> run, CancellationToken deliveryLost)
    {
        RunningJob? job;
        lock (_lock)
        {
            if (_cancelled.Contains(jobId))
            {
                return;
            }

            if (!_running.TryGetValue(jobId, out job))
            {
                job = new RunningJob(jobId, _stopping.Token);
                _running.Add(jobId, job);
                _ = OwnAsync(job, run);
            }
        }

        await job.Completion.WaitAsync(deliveryLost);
    }

    /// <summary>Cancels a job, now or when its command comes.</summary>
    public void Cancel(Guid jobId)
    {
        RunningJob? job;
        lock (_lock)
        {
            if (_cancelled.Add(jobId))
            {
                _cancelledOrder.Enqueue(jobId);
                if (_cancelledOrder.Count > RememberedCancellations)
                {
                    _cancelled.Remove(_cancelledOrder.Dequeue());
                }
            }

            _running.TryGetValue(jobId, out job);
        }

        job?.Cancel();
    }

    /// <summary>Stops all jobs without an outcome: their commands go back to the broker and to another worker.</summary>
    public Task StopAllAsync() => _stopping.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task OwnAsync(RunningJob job, Func<RunningJob, Task> run)
    {
        await Task.Yield();
        Exception? failure = null;
        try
        {
            await run(job);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whoever waits for the completion gets it: the consumer, and through it the broker.
            failure = exception;
        }

        lock (_lock)
        {
            _running.Remove(job.JobId);
        }

        job.Dispose();
        if (failure is null)
        {
            job.Complete();
        }
        else
        {
            job.Fail(failure);
        }
    }
}
