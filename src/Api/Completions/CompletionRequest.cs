using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Completions;

/// <summary>The body of <c>POST /v1/completions</c>, read and checked.</summary>
internal sealed record CompletionRequest
{
    public string? Model { get; init; }

    public required IReadOnlyList<TokenInput> Prompts { get; init; }

    /// <summary>The text after the gap to fill.</summary>
    public string? Suffix { get; init; }

    /// <summary>The prompt comes back before its completion.</summary>
    public bool Echo { get; init; }

    /// <summary><c>n</c>: completions of each prompt in the answer.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>Completions that are generated for each prompt: the <see cref="Choices"/> that the model finds most likely are answered.</summary>
    public int BestOf { get; init; } = 1;

    /// <summary>Alternatives for each token; null where no log probabilities are wanted.</summary>
    public int? Logprobs { get; init; }

    public required SamplingSettings Sampling { get; init; }

    public bool Stream { get; init; }

    /// <summary><c>stream_options.include_usage</c>.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>llama.cpp's <c>timings_per_token</c>: its <c>timings</c> in the answer.</summary>
    public bool Timings { get; init; }

    public Lane Lane { get; init; } = Lane.Interactive;

    /// <summary>Null means the model's default, else until the model ends, as LocalAI and llama.cpp's server do (OpenAI stops at 16).</summary>
    public int? MaxTokens { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }

    public bool IgnoreEndOfSequence { get; init; }

    public IReadOnlyDictionary<string, float>? LogitBias { get; init; }

    public OutputFormat? Output { get; init; }

    /// <summary>The completion stands between the prompt and a suffix.</summary>
    public bool HasGap => Suffix is { Length: > 0 };

    /// <summary>More is generated than answered, so the likelihood decides.</summary>
    public bool IsChosen => BestOf > Choices;
}
