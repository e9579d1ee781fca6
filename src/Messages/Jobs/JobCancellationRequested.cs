namespace LocalAI.Pipeline.Messages.Jobs;

/// <summary>
/// Event, published by an API instance: nobody wants this job's outcome any more. Every worker hears it; the one that
/// runs the job stops within one decode step. A duplicate, or one for an unknown job, does nothing.
/// </summary>
public sealed record JobCancellationRequested
{
    /// <summary>The job to stop.</summary>
    public required Guid JobId { get; init; }

    /// <summary>Why, for the log.</summary>
    public required string Reason { get; init; }
}
