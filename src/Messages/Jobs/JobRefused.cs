namespace LocalAI.Pipeline.Messages.Jobs;

/// <summary>Reply to any request that could not be carried out.</summary>
public sealed record JobRefused
{
    /// <summary>The job.</summary>
    public required Guid JobId { get; init; }

    /// <summary>Why.</summary>
    public required Deltas.JobFailure Failure { get; init; }
}
