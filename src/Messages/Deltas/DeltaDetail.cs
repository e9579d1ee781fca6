namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>What some APIs tell with every piece of an answer: its tokens, and how far the generation is. Times are milliseconds as the engine measured them.</summary>
public sealed record DeltaDetail
{
    /// <summary>The ids of the tokens of this delta.</summary>
    public IReadOnlyList<int> TokenIds { get; init; } = [];

    /// <summary>Time that the prompt took.</summary>
    public double PromptMilliseconds { get; init; }

    /// <summary>Time of generating so far.</summary>
    public double GenerationMilliseconds { get; init; }
}
