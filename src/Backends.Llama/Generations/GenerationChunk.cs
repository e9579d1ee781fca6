namespace LocalAI.Pipeline.Backends.Llama.Generations;

/// <summary>What a generation has produced since it was last asked.</summary>
internal sealed record GenerationChunk
{
    /// <summary>Whole UTF-8 characters.</summary>
    public required byte[] Text { get; init; }

    public required int[] Tokens { get; init; }

    /// <summary>Comma-separated JSON objects in OpenAI's shape, one a token; empty when not asked for.</summary>
    public required byte[] Logprobs { get; init; }

    public required int GeneratedTokens { get; init; }

    /// <summary>Set in the last chunk.</summary>
    public GenerationSummary? Summary { get; init; }
}
