namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>What a prompt came to, as the engine counted it.</summary>
public sealed record PromptCounts
{
    /// <summary>Its tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>Those of them that were in the cache.</summary>
    public int Cached { get; init; }
}
