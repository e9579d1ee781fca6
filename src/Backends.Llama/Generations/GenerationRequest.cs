using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Grammars;
using LocalAI.Pipeline.Backends.Llama.Sampling;

namespace LocalAI.Pipeline.Backends.Llama.Generations;

/// <summary>What is to be generated.</summary>
internal sealed record GenerationRequest
{
    /// <summary>The prompt in tokens, with the continuation at its end.</summary>
    public required int[] Prompt { get; init; }

    /// <summary>The part of the prompt that was generated before: grammar and penalties go on behind it, it is not returned again.</summary>
    public string Continuation { get; init; } = "";

    /// <summary>New tokens; 0: up to the context.</summary>
    public int MaxTokens { get; init; }

    /// <summary>The prompt is evaluated into the cache, and that is all.</summary>
    public bool PromptOnly { get; init; }

    /// <summary>What a slot still holds of the prompt is evaluated anew.</summary>
    public bool IgnoreCache { get; init; }

    /// <summary>Whose cache it may go on from, and leaves behind.</summary>
    public CacheScope Scope { get; init; } = CacheScope.Everybody;

    /// <summary>Tokens of the prompt that a context shift leaves; below 0: all.</summary>
    public int Keep { get; init; }

    /// <summary>Tokens that a draft model guesses at a time; 0: as many as the model was loaded with, and never more.</summary>
    public int DraftTokens { get; init; }

    /// <summary>After so long since the first token the next line end is the end; null: no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    public SamplingSettings Sampling { get; init; } = new();

    /// <summary>GBNF, or empty.</summary>
    public string Grammar { get; init; } = "";

    /// <summary>Null: the grammar is in force from the start.</summary>
    public GrammarTriggers? Triggers { get; init; }

    public IReadOnlyList<string> Stops { get; init; } = [];

    /// <summary>Null: no log probabilities; else how many alternatives are told for each token.</summary>
    public int? TopLogprobs { get; init; }
}
