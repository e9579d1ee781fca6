using LocalAI.Pipeline.Api.Responses.Writing;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>What stays the same from a response's first event to its last; kept with it, so that any instance says the same later.</summary>
internal sealed record ResponseHead
{
    public required Guid JobId { get; init; }

    public string Id => ResponseIds.Of(JobId);

    /// <summary>Seconds since 1970.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>The fields of the response object that the request decided, as a JSON object's text.</summary>
    public required string Settings { get; init; }

    /// <summary>It runs whether or not anybody reads it.</summary>
    public bool IsBackground { get; init; }

    /// <summary><c>reasoning.summary</c>, or null where thoughts come without one.</summary>
    public string? Summary { get; init; }

    /// <summary>Thoughts carry their <c>encrypted_content</c>.</summary>
    public bool IncludesSealedReasoning { get; init; }

    /// <summary>Calls over this number are left out.</summary>
    public int? MaxToolCalls { get; init; }

    /// <summary>What events about thoughts are called.</summary>
    public ReasoningEventNames ReasoningEvents { get; init; }

    public static ResponseHead Of(ResponseRequest request, Guid job, DateTimeOffset now, ModelDefinition model, ReasoningEventNames names) => new()
    {
        JobId = job,
        CreatedAt = now.ToUnixTimeSeconds(),
        Settings = ResponseSettings.Of(request, model),
        IsBackground = request.Background,
        Summary = request.Prompt.Reasoning.Summary,
        IncludesSealedReasoning = request.IncludesSealedReasoning,
        MaxToolCalls = request.MaxToolCalls,
        ReasoningEvents = names,
    };
}
