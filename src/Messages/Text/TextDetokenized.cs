namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Reply to <see cref="DetokenizeText"/>.</summary>
public sealed record TextDetokenized
{
    /// <summary>The text.</summary>
    public required string Text { get; init; }
}
