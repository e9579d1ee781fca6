namespace LocalAI.Pipeline.Api.Conversations;

/// <summary>One item of a conversation.</summary>
internal sealed class ConversationItem
{
    public required Guid ConversationId { get; init; }

    /// <summary>Orders a conversation's items.</summary>
    public required int Place { get; init; }

    public required string ItemId { get; init; }

    /// <summary>The item as JSON.</summary>
    public required string Item { get; init; }
}
