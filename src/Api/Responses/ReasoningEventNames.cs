namespace LocalAI.Pipeline.Api.Responses;

/// <summary>The two names that events about thoughts go by.</summary>
internal enum ReasoningEventNames
{
    /// <summary><c>response.reasoning_text.delta</c>, as OpenAI's clients know them.</summary>
    OpenAI,

    /// <summary><c>response.reasoning.delta</c>, as the Open Responses specification has them.</summary>
    Specification,
}
