namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary><c>function.grammar</c> of the file.</summary>
public sealed record GrammarSettings
{
    /// <summary>Do not hold calls to a grammar.</summary>
    public bool Disable { get; init; }

    /// <summary>Whether an answer may have several calls; null leaves it to the request.</summary>
    public bool? ParallelCalls { get; init; }

    /// <summary>An answer is text or calls, not both.</summary>
    public bool NoMixedFreeString { get; init; }
}
