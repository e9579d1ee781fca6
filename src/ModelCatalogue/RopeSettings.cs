namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>How positions are stretched beyond the trained context; names as in llama.cpp.</summary>
public sealed record RopeSettings
{
    /// <summary><c>none</c>, <c>linear</c>, <c>yarn</c> or <c>longrope</c>.</summary>
    public string? Scaling { get; init; }

    /// <summary>Base frequency.</summary>
    public float? FrequencyBase { get; init; }

    /// <summary>Frequency scale.</summary>
    public float? FrequencyScale { get; init; }

    /// <summary>YaRN extrapolation mix.</summary>
    public float? YarnExtFactor { get; init; }

    /// <summary>YaRN attention scale.</summary>
    public float? YarnAttnFactor { get; init; }

    /// <summary>YaRN low correction dimension.</summary>
    public float? YarnBetaFast { get; init; }

    /// <summary>YaRN high correction dimension.</summary>
    public float? YarnBetaSlow { get; init; }
}
