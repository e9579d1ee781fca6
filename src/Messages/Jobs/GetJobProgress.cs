namespace LocalAI.Pipeline.Messages.Jobs;

/// <summary>
/// Request, sent to <see cref="QueueNames.ApiInstance"/> by a worker that took a command for a second time (the broker
/// says redelivered), and to <see cref="QueueNames.DurableProgress"/> by one that took the command of a durable job: what was
/// already accepted, and under which attempt number to go on. Each request that is answered with
/// <see cref="JobProgress.Wanted"/> opens a new attempt and fences the older ones.
/// </summary>
public sealed record GetJobProgress
{
    /// <summary>The job.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The worker that asks, which the new attempt is bound to.</summary>
    public required string WorkerId { get; init; }

    /// <summary>Whether the broker says that the command was delivered before. One of a durable job that was not, while a worker is at the job, is a second copy and is dropped.</summary>
    public bool Redelivered { get; init; }
}
