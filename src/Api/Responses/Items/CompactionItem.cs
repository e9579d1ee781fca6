namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>What stands for the part of a conversation that was compacted.</summary>
internal sealed record CompactionItem : ResponseItem
{
    public override string IdPrefix => "cmp";

    /// <summary>The summary in a <see cref="SealedText"/>.</summary>
    public required string EncryptedContent { get; init; }
}
