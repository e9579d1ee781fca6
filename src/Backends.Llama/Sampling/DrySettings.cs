namespace LocalAI.Pipeline.Backends.Llama.Sampling;

/// <summary>The DRY repetition penalty (oobabooga/text-generation-webui pull request 5677). A multiplier of 0 switches it off.</summary>
internal sealed record DrySettings
{
    public float Multiplier { get; init; }

    public float Base { get; init; } = 1.75f;

    public int AllowedLength { get; init; } = 2;

    /// <summary>Tokens looked back; 0 switches it off.</summary>
    public int LastN { get; init; }

    public IReadOnlyList<string> Breakers { get; init; } = ["\n", ":", "\"", "*"];
}
