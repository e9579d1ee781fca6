namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Reply to <see cref="DescribeModel"/>. Zeros and empty texts are what its backend does not tell.</summary>
public sealed record ModelDescribed
{
    /// <summary>The model's own Jinja template.</summary>
    public required string ChatTemplate { get; init; }

    /// <summary>Tokens of prompt and answer that one generation can have.</summary>
    public required int ContextSize { get; init; }

    /// <summary>Tokens of context that the model was trained with.</summary>
    public int TrainingContextSize { get; init; }

    /// <summary>The text of the token that begins a prompt.</summary>
    public string BosToken { get; init; } = "";

    /// <summary>The text of the token that ends an answer.</summary>
    public string EosToken { get; init; } = "";

    /// <summary>As the model's file names it, for example <c>llama</c>.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>How its weights are stored, for example <c>Q8_0</c>.</summary>
    public string Quantization { get; init; } = "";

    /// <summary>Its parameters.</summary>
    public long ParameterCount { get; init; }

    /// <summary>Bytes of its weights in memory.</summary>
    public long SizeBytes { get; init; }

    /// <summary>Numbers in one embedding.</summary>
    public int EmbeddingLength { get; init; }

    /// <summary>Tokens in its vocabulary.</summary>
    public int VocabularySize { get; init; }

    /// <summary>It can embed as it is loaded.</summary>
    public bool SupportsEmbeddings { get; init; }

    /// <summary>It can think before it answers.</summary>
    public bool SupportsThinking { get; init; }

    /// <summary>It can fill a gap in a text.</summary>
    public bool SupportsInfill { get; init; }
}
