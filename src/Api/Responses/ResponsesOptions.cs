namespace LocalAI.Pipeline.Api.Responses;

/// <summary>The Responses API.</summary>
internal sealed class ResponsesOptions
{
    public const string SectionName = "Responses";

    /// <summary>What events about thoughts are called: OpenAI's clients drop those of the specification.</summary>
    public ReasoningEventNames ReasoningEvents { get; set; } = ReasoningEventNames.OpenAI;
}
