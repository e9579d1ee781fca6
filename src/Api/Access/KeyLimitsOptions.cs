using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Access;

/// <summary>What one key may use. What is not set is not limited.</summary>
internal sealed class KeyLimitsOptions
{
    /// <summary>Its share where keys wait for the same model: one of weight 2 is served twice as often as one of weight 1.</summary>
    [Range(1, 1000)]
    public int Weight { get; set; } = 1;

    /// <summary>Generations at once, over all models, on each API instance; further ones wait. Below the number of slots it keeps slots free for other keys.</summary>
    [Range(1, 1_000_000)]
    public int? MaxRunning { get; set; }

    /// <summary>Generations that wait at once, over all models, on each API instance; further ones are refused with 429.</summary>
    [Range(1, 1_000_000)]
    public int? MaxQueued { get; set; }

    /// <summary>Tokens of prompts and answers in a minute on each API instance, counted when a generation ends; once they are used up, requests are refused with 429 until the minute has passed.</summary>
    [Range(1, 1_000_000_000)]
    public int? TokensPerMinute { get; set; }
}
