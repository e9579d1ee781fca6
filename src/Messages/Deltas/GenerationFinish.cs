namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>How a generation ended, with its counts. Times are milliseconds as the engine measured them.</summary>
public sealed record GenerationFinish
{
    /// <summary>Why it ended.</summary>
    public required FinishReason Reason { get; init; }

    /// <summary>The stop sequence that was met, or null.</summary>
    public string? StopSequence { get; init; }

    /// <summary>Tokens of the prompt.</summary>
    public required int PromptTokens { get; init; }

    /// <summary>Tokens of the prompt that were in the cache.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Tokens generated, over all attempts.</summary>
    public required int CompletionTokens { get; init; }

    /// <summary>Tokens spent on reasoning, part of <see cref="CompletionTokens"/>.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Time to process the prompt.</summary>
    public double PromptMilliseconds { get; init; }

    /// <summary>Time to generate.</summary>
    public double GenerationMilliseconds { get; init; }
}
