using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary>Parameters that make no difference here.</summary>
internal static class PassiveSettingsReader
{
    // OpenAI's bound for what it takes longest.
    private const int LongestIdentifier = 512;

    public static PassiveSettings Read(FieldReader fields) => new()
    {
        User = fields.Text("user", LongestIdentifier),
        SafetyIdentifier = fields.Text("safety_identifier", LongestIdentifier),
        PromptCacheKey = fields.Text("prompt_cache_key", LongestIdentifier),
        PromptCacheRetention = fields.Text("prompt_cache_retention", LongestIdentifier),
    };
}
