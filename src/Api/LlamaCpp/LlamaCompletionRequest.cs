using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>The body of <c>POST /completion</c> or <c>/infill</c>, read and checked.</summary>
internal sealed record LlamaCompletionRequest
{
    public string? Model { get; init; }

    public required IReadOnlyList<LlamaPrompt> Prompts { get; init; }

    /// <summary><c>/infill</c>: the prompt is what is before a gap.</summary>
    public LlamaInfill? Infill { get; init; }

    /// <summary><c>n_cmpl</c>: answers to each prompt.</summary>
    public int Choices { get; init; } = 1;

    /// <summary><c>n_predict</c>; null is no limit (-1), 0 only fills the cache.</summary>
    public int? MaxTokens { get; init; }

    public int? MaxGenerationMilliseconds { get; init; }

    public required SamplingSettings Sampling { get; init; }

    public IReadOnlyList<string> StopSequences { get; init; } = [];

    public bool IgnoreEndOfSequence { get; init; }

    public IReadOnlyDictionary<string, float>? LogitBias { get; init; }

    public OutputFormat? Output { get; init; }

    /// <summary><c>n_probs</c>: alternatives of each token; 0 is none.</summary>
    public int Probabilities { get; init; }

    /// <summary><c>lora</c>; null leaves the scales as they are.</summary>
    public IReadOnlyList<AdapterScale>? Lora { get; init; }

    public bool CachePrompt { get; init; } = true;

    public bool Stream { get; init; }

    public bool ReturnTokens { get; init; }

    public bool TimingsPerToken { get; init; }

    /// <summary>Empty means all.</summary>
    public IReadOnlyList<string> ResponseFields { get; init; } = [];
}
