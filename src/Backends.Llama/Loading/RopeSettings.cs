namespace LocalAI.Pipeline.Backends.Llama.Loading;

/// <summary>Rotary position settings; zero means what the model says.</summary>
internal sealed record RopeSettings
{
    public RopeScaling Scaling { get; init; } = RopeScaling.FromModel;

    public float FrequencyBase { get; init; }

    public float FrequencyScale { get; init; }

    public float YarnExtFactor { get; init; }

    public float YarnAttnFactor { get; init; }

    public float YarnBetaFast { get; init; }

    public float YarnBetaSlow { get; init; }
}
