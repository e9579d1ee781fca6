namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>A failure that ends a job.</summary>
public sealed record JobFailure
{
    /// <summary>The stage and side.</summary>
    public required FailureCode Code { get; init; }

    /// <summary>Who, where, and what to do next; shown to the caller.</summary>
    public required string Message { get; init; }

    /// <summary>The request's parameter, where there is one.</summary>
    public string? Parameter { get; init; }
}
