namespace LocalAI.Pipeline.Messages.Text;

/// <summary>A text, or the token ids that stand for one: exactly one is set.</summary>
public sealed record TokenInput
{
    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>The token ids.</summary>
    public IReadOnlyList<int>? Tokens { get; init; }
}
