namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>Defaults that a request may replace: <c>parameters</c> of the file. Meaning as in llama.cpp's server.</summary>
public sealed record ModelParameters
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

    /// <summary>Most tokens of an answer; null is no limit but the context (0 in the file).</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Null is random (-1 in the file).</summary>
    public long? Seed { get; init; }

    /// <summary>1 is off.</summary>
    public float? RepeatPenalty { get; init; }

    /// <summary>Tokens that the penalties look back on; -1 is the context.</summary>
    public int? RepeatLastN { get; init; }

    /// <summary>-2 to 2.</summary>
    public float? PresencePenalty { get; init; }

    /// <summary>-2 to 2.</summary>
    public float? FrequencyPenalty { get; init; }

    /// <summary>0, 1 or 2.</summary>
    public int? Mirostat { get; init; }

    /// <summary>Target entropy.</summary>
    public float? MirostatTau { get; init; }

    /// <summary>Learning rate.</summary>
    public float? MirostatEta { get; init; }

    /// <summary>Go on after the end token.</summary>
    public bool? IgnoreEos { get; init; }

    /// <summary>Tokens of the prompt that stay when a context is shifted; -1 is all.</summary>
    public int? Keep { get; init; }
}
