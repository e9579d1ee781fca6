namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>What a model thought.</summary>
internal sealed record ReasoningItem : ResponseItem
{
    public override string IdPrefix => "rs";

    public IReadOnlyList<TextPart> Content { get; init; } = [];

    public IReadOnlyList<TextPart> Summary { get; init; } = [];

    /// <summary>The thought in a <see cref="SealedText"/>, for callers that keep no content; null where nobody asked for it.</summary>
    public string? EncryptedContent { get; init; }
}
