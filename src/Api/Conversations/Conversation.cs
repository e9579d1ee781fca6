namespace LocalAI.Pipeline.Api.Conversations;

/// <summary>Items that belong together and stay until they are removed.</summary>
internal sealed class Conversation
{
    public required Guid Id { get; init; }

    /// <summary>The name of the key that made it; nobody else sees it.</summary>
    public required string Owner { get; init; }

    /// <summary>The caller's own names and values: a JSON object.</summary>
    public required string Metadata { get; init; }

    /// <summary>The place of the next item; places are never given twice.</summary>
    public int NextPlace { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
