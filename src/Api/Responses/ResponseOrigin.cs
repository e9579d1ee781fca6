using LocalAI.Pipeline.Api.Responses.Items;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>Where a response comes from, and whether it is kept.</summary>
internal sealed record ResponseOrigin
{
    public required string Owner { get; init; }

    /// <summary>The items of its own request, each with its id.</summary>
    public required IReadOnlyList<ResponseItem> Input { get; init; }

    public bool IsStored { get; init; }

    public Guid? PreviousId { get; init; }

    public Guid? ConversationId { get; init; }
}
