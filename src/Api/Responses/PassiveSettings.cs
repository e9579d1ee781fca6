namespace LocalAI.Pipeline.Api.Responses;

/// <summary>Parameters that make no difference here, because prompts are cached and users are told apart without them; the answer repeats them.</summary>
internal sealed record PassiveSettings
{
    public string? User { get; init; }

    public string? SafetyIdentifier { get; init; }

    public string? PromptCacheKey { get; init; }

    public string? PromptCacheRetention { get; init; }
}
