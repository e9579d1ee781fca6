namespace LocalAI.Pipeline.Workers.Hosting.Jobs;

/// <summary>A job that this worker runs.</summary>
public sealed class RunningJob : IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenSource _stopped;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal RunningJob(Guid jobId, CancellationToken workerStops)
    {
        JobId = jobId;
        _stopped = CancellationTokenSource.CreateLinkedTokenSource(_cancelled.Token, workerStops);
    }

    /// <summary>The job.</summary>
    public Guid JobId { get; }

    /// <summary>Fires when the job is cancelled or the worker stops.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>Whether somebody cancelled the job; false when only the worker stops.</summary>
    public bool IsCancelled => _cancelled.IsCancellationRequested;

    /// <summary>Completes when the outcome was handed on; faults when it was not and the command must come again.</summary>
    public Task Completion => _completion.Task;

    internal void Cancel() => _cancelled.Cancel();

    internal void Complete() => _completion.TrySetResult();

    internal void Fail(Exception exception)
    {
        _completion.TrySetException(exception);

        // Nobody may be waiting: the broker delivers the command again in any case.
        _ = _completion.Task.Exception;
    }

    /// <summary>Lets go of the worker's token. The job's own source stays usable: a late cancellation may still reach it.</summary>
    public void Dispose() => _stopped.Dispose();
}
