namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Reply to <see cref="EmbedText"/>.</summary>
public sealed record TextEmbedded
{
    /// <summary>One vector for each input, in order, L2-normalised.</summary>
    public required IReadOnlyList<float[]> Vectors { get; init; }

    /// <summary>Tokens of all inputs.</summary>
    public required int PromptTokens { get; init; }
}
