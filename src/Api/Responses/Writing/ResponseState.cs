using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>What changes in a response while it is made.</summary>
internal sealed record ResponseState
{
    /// <summary>One of <see cref="ResponseStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Seconds since 1970, where it was completed.</summary>
    public long? CompletedAt { get; init; }

    public ApiError? Error { get; init; }

    /// <summary>Why it is not whole, where it is not.</summary>
    public string? IncompleteReason { get; init; }

    public IReadOnlyList<ResponseItem> Output { get; init; } = [];

    /// <summary>Where the counts are, once they are known.</summary>
    public GenerationFinish? Finish { get; init; }
}
