namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>A message to or from the model.</summary>
internal sealed record MessageItem : ResponseItem
{
    public override string IdPrefix => "msg";

    /// <summary><c>user</c>, <c>assistant</c>, <c>system</c> or <c>developer</c>.</summary>
    public required string Role { get; init; }

    public required IReadOnlyList<TextPart> Content { get; init; }
}
