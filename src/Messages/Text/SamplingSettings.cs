namespace LocalAI.Pipeline.Messages.Text;

/// <summary>
/// How the next token is chosen. Null means the model's own default (its YAML, then the engine's). Names and meaning as
/// in llama.cpp's server.
/// </summary>
public sealed record SamplingSettings
{
    /// <summary>0 is greedy.</summary>
    public float? Temperature { get; init; }

    /// <summary>Nucleus: 1 is off.</summary>
    public float? TopP { get; init; }

    /// <summary>0 is off.</summary>
    public int? TopK { get; init; }

    /// <summary>0 is off.</summary>
    public float? MinP { get; init; }

    /// <summary>1 is off.</summary>
    public float? TypicalP { get; init; }

    /// <summary>1 is off.</summary>
    public float? RepeatPenalty { get; init; }

    /// <summary>Tokens that the penalties look back on; 0 is none, -1 the context.</summary>
    public int? RepeatLastN { get; init; }

    /// <summary>-2 to 2.</summary>
    public float? PresencePenalty { get; init; }

    /// <summary>-2 to 2.</summary>
    public float? FrequencyPenalty { get; init; }

    /// <summary>0 off, 1 or 2.</summary>
    public int? Mirostat { get; init; }

    /// <summary>Mirostat's target entropy.</summary>
    public float? MirostatTau { get; init; }

    /// <summary>Mirostat's learning rate.</summary>
    public float? MirostatEta { get; init; }

    /// <summary>Chance of cutting the top choices; 0 is off.</summary>
    public float? XtcProbability { get; init; }

    /// <summary>Probability over which a choice may be cut.</summary>
    public float? XtcThreshold { get; init; }

    /// <summary>Strength of the DRY repetition penalty; 0 is off.</summary>
    public float? DryMultiplier { get; init; }

    /// <summary>Base of the DRY penalty.</summary>
    public float? DryBase { get; init; }

    /// <summary>Repeated length that DRY leaves alone.</summary>
    public int? DryAllowedLength { get; init; }

    /// <summary>Tokens that DRY looks back on; -1 is the context.</summary>
    public int? DryPenaltyLastN { get; init; }

    /// <summary>Standard deviations under the best logit that stay; negative is off.</summary>
    public float? TopNSigma { get; init; }

    /// <summary>Range of the dynamic temperature; 0 is off.</summary>
    public float? DynatempRange { get; init; }

    /// <summary>Exponent of the dynamic temperature.</summary>
    public float? DynatempExponent { get; init; }

    /// <summary>Texts that DRY never counts across; null is llama.cpp's own.</summary>
    public IReadOnlyList<string>? DrySequenceBreakers { get; init; }

    /// <summary>
    /// The samplers by llama.cpp's names, in the order in which they are applied: what is not named is not applied. Null is
    /// all of them in llama.cpp's order. Mirostat takes the place of all.
    /// </summary>
    public IReadOnlyList<string>? Samplers { get; init; }

    /// <summary>Choices that a sampler leaves at least; 0 is off.</summary>
    public int? MinKeep { get; init; }

    /// <summary>Same seed and request, same text on an idle engine; null is random.</summary>
    public long? Seed { get; init; }
}
