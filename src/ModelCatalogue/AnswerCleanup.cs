namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>What is cut from a finished answer.</summary>
public sealed record AnswerCleanup
{
    /// <summary>Regular expressions whose matches are removed (<c>cutstrings</c>).</summary>
    public IReadOnlyList<string> CutStrings { get; init; } = [];

    /// <summary>Prefixes that are removed, and white space around what is left (<c>trimspace</c>).</summary>
    public IReadOnlyList<string> TrimSpace { get; init; } = [];

    /// <summary>Suffixes that are removed (<c>trimsuffix</c>).</summary>
    public IReadOnlyList<string> TrimSuffix { get; init; } = [];

    /// <summary>Regular expressions whose first group is the answer (<c>extract_regex</c>).</summary>
    public IReadOnlyList<string> ExtractRegex { get; init; } = [];

    /// <summary>Whether there is anything to do.</summary>
    public bool IsEmpty => CutStrings.Count + TrimSpace.Count + TrimSuffix.Count + ExtractRegex.Count == 0;
}
