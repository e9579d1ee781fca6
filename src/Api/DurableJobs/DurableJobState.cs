namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>Where a durable job is. It goes from the first to the second and to one of the others, or from the first to one of the others, and never back.</summary>
internal enum DurableJobState
{
    /// <summary>No worker has it.</summary>
    Queued,

    /// <summary>A worker has it, or had it and another one will.</summary>
    InProgress,

    /// <summary>It ended well.</summary>
    Completed,

    /// <summary>It ended at a limit.</summary>
    Incomplete,

    /// <summary>It ended badly.</summary>
    Failed,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,
}
