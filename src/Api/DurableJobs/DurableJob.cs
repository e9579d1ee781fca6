using LocalAI.Pipeline.Messages;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>
/// Work that was accepted and outlives every process: the row is the truth, the message to the workers only wakes one up.
/// </summary>
internal sealed class DurableJob
{
    public required Guid Id { get; init; }

    /// <summary>The name of the key that made it; nobody else sees it.</summary>
    public required string Owner { get; init; }

    /// <summary>Which <see cref="IDurableJobKind"/> makes its result.</summary>
    public required string Kind { get; init; }

    public required string Model { get; init; }

    public required Lane Lane { get; init; }

    public DurableJobState State { get; init; }

    /// <summary>The command for the workers as JSON.</summary>
    public required string Command { get; init; }

    /// <summary>What its kind wants to remember of the request: JSON that only the kind reads.</summary>
    public required string Request { get; init; }

    /// <summary>What its kind made of the deltas: JSON; null until the job has ended.</summary>
    public string? Result { get; init; }

    /// <summary>Attempts that were opened: 0 until a worker took it. Deltas of an older one are refused.</summary>
    public int Attempt { get; init; }

    /// <summary>The worker of the current attempt.</summary>
    public string? Worker { get; init; }

    /// <summary>The number of the delta that ended it, once that is in the log.</summary>
    public long? LastSequence { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its command was last sent; null where it could not be.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When a worker first took it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its worker was last heard of, to some seconds.</summary>
    public DateTimeOffset? LastSignAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>It fails where no worker took it by then.</summary>
    public required DateTimeOffset StartBefore { get; init; }

    /// <summary>When it and its deltas are removed, once it has ended.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public bool HasEnded => State is not (DurableJobState.Queued or DurableJobState.InProgress);
}
