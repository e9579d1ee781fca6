namespace LocalAI.Pipeline.Backends.Llama.Sampling;

/// <summary>How the next token is chosen. Defaults switch each step off; the meaning of each number is llama.cpp's.</summary>
internal sealed record SamplingSettings
{
    /// <summary>0 or less: the most probable token (after penalties, bias and grammar).</summary>
    public float Temperature { get; init; }

    public float DynamicTemperatureRange { get; init; }

    public float DynamicTemperatureExponent { get; init; } = 1;

    /// <summary>Null: a new one for each request.</summary>
    public uint? Seed { get; init; }

    public int TopK { get; init; }

    public float TopP { get; init; } = 1;

    public float MinP { get; init; }

    public float TypicalP { get; init; } = 1;

    /// <summary>0 or less: off.</summary>
    public float TopNSigma { get; init; }

    public float XtcProbability { get; init; }

    public float XtcThreshold { get; init; }

    public int RepeatLastN { get; init; }

    public float RepeatPenalty { get; init; } = 1;

    public float FrequencyPenalty { get; init; }

    public float PresencePenalty { get; init; }

    public DrySettings Dry { get; init; } = new();

    /// <summary>0: off, 1 or 2: the version.</summary>
    public int Mirostat { get; init; }

    public float MirostatTau { get; init; } = 5;

    public float MirostatEta { get; init; } = 0.1f;

    /// <summary>Choices that a sampler leaves at least.</summary>
    public int MinKeep { get; init; } = 1;

    /// <summary>llama.cpp's names of the samplers in the order in which they are applied; empty: all in llama.cpp's own order.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    public IReadOnlyDictionary<int, float> LogitBias { get; init; } = new Dictionary<int, float>();

    public bool IgnoreEndOfGeneration { get; init; }
}
