namespace LocalAI.Pipeline.Api.Responses.Storage;

/// <summary>A response that was kept, so that it can be asked for and gone on from.</summary>
internal sealed class StoredResponse
{
    public required Guid Id { get; init; }

    /// <summary>The name of the key that made it; nobody else sees it.</summary>
    public required string Owner { get; init; }

    /// <summary>The response that it goes on from.</summary>
    public Guid? PreviousId { get; init; }

    /// <summary>The items of its own request as a JSON array, without those it goes on from.</summary>
    public required string Input { get; init; }

    /// <summary>The items of the answer as a JSON array.</summary>
    public required string Output { get; init; }

    /// <summary>The response object as it was answered: JSON.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is removed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
