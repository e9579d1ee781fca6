namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Reply to <see cref="TokenizeText"/>.</summary>
public sealed record TextTokenized
{
    /// <summary>The token ids.</summary>
    public required IReadOnlyList<int> Tokens { get; init; }
}
