namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>Wakes this instance's followers of a job.</summary>
internal sealed class DurableJobWatch
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, TaskCompletionSource> _waiting = [];

    /// <summary>Completes when something is told of the job from now on. Take it before the look into the database.</summary>
    public Task Next(Guid job)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(job, out var next))
            {
                _waiting.Add(job, next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            return next.Task;
        }
    }

    public void Wake(IEnumerable<Guid> jobs)
    {
        foreach (var job in jobs)
        {
            TaskCompletionSource? next;
            lock (_gate)
            {
                _waiting.Remove(job, out next);
            }

            next?.TrySetResult();
        }
    }

    /// <summary>Nothing more is told of the job; whoever still waits looks once more.</summary>
    public void Forget(Guid job) => Wake([job]);
}
