namespace LocalAI.Pipeline.Messages.Jobs;

/// <summary>Reply to <see cref="GetJobProgress"/>.</summary>
public sealed record JobProgress
{
    /// <summary>The job.</summary>
    public required Guid JobId { get; init; }

    /// <summary>False when the job ended, was cancelled, is unknown here or used up its attempts: drop the command.</summary>
    public required bool Wanted { get; init; }

    /// <summary>The attempt number to send deltas under.</summary>
    public required int Attempt { get; init; }

    /// <summary>The sequence number of the next delta.</summary>
    public required long NextSequence { get; init; }

    /// <summary>The model's raw output that the accepted deltas stand for; the generation continues after it.</summary>
    public required string RawText { get; init; }

    /// <summary>Tokens generated for <see cref="RawText"/>.</summary>
    public required int CompletionTokens { get; init; }
}
