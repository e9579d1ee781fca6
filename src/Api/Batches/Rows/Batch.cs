namespace LocalAI.Pipeline.Api.Batches.Rows;

/// <summary>Many requests that somebody comes back for. The row is the truth about it; whoever runs it holds its lease.</summary>
internal sealed class Batch
{
    public required string Id { get; init; }

    /// <summary>The name of the key that made it; nobody else sees it.</summary>
    public required string Owner { get; init; }

    public required BatchKind Kind { get; init; }

    /// <summary>The endpoint that all lines go to.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The file with the lines; null where they are the batch's own content.</summary>
    public string? InputFileId { get; init; }

    public required string CompletionWindow { get; init; }

    public BatchState State { get; init; }

    /// <summary>The caller's metadata as JSON.</summary>
    public string? Metadata { get; init; }

    /// <summary>The lifetime of the output files.</summary>
    public int? OutputExpiresAfterSeconds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What has not run by then does not run.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? InProgressAt { get; init; }

    public DateTimeOffset? FinalizingAt { get; init; }

    public DateTimeOffset? CancellingAt { get; init; }

    /// <summary>When it came to the state that ends it.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Lines in all, known once they are checked.</summary>
    public int Total { get; init; }

    /// <summary>Lines that were answered.</summary>
    public int Completed { get; init; }

    /// <summary>Lines that were refused or failed.</summary>
    public int Failed { get; init; }

    public string? OutputFileId { get; init; }

    public string? ErrorFileId { get; init; }

    /// <summary>What is wrong with its lines, as JSON (<see cref="Input.BatchError"/>).</summary>
    public string? Errors { get; init; }

    /// <summary>The process that runs it.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>Until when it does, unless it says so again.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    public bool HasEnded => State is BatchState.Completed or BatchState.Failed or BatchState.Expired or BatchState.Cancelled;
}
