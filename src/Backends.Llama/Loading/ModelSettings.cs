namespace LocalAI.Pipeline.Backends.Llama.Loading;

/// <summary>How a model is to be loaded: what LoadModel asks for, checked.</summary>
internal sealed record ModelSettings
{
    /// <summary>The GGUF file.</summary>
    public required string Path { get; init; }

    /// <summary>Tokens that one slot can hold; 0: what the model was trained for, up to <see cref="DefaultContextLimit"/>.</summary>
    public int ContextSize { get; init; }

    /// <summary>Generations that run at the same time.</summary>
    public int Slots { get; init; } = 4;

    /// <summary>The most tokens of one decode step, and so the longest time a prompt makes the other slots wait.</summary>
    public int BatchSize { get; init; } = 512;

    public int Threads { get; init; } = DefaultThreads;

    /// <summary>Layers on the GPU; null: all that fit.</summary>
    public int? GpuLayers { get; init; }

    public int MainGpu { get; init; }

    public IReadOnlyList<float> TensorSplit { get; init; } = [];

    public bool Mmap { get; init; } = true;

    public bool Mlock { get; init; }

    public FlashAttention FlashAttention { get; init; } = FlashAttention.Auto;

    public CacheType KeyCache { get; init; } = CacheType.F16;

    public CacheType ValueCache { get; init; } = CacheType.F16;

    public bool OffloadKv { get; init; } = true;

    public RopeSettings Rope { get; init; } = new();

    public IReadOnlyList<LoraAdapter> LoraAdapters { get; init; } = [];

    /// <summary>A small model with the same vocabulary that guesses tokens; null: none.</summary>
    public string? DraftPath { get; init; }

    /// <summary>Tokens that are guessed at a time.</summary>
    public int DraftTokens { get; init; } = DefaultDraftTokens;

    /// <summary>A full context loses the older half of the text; else the answer ends there.</summary>
    public bool ContextShift { get; init; }

    /// <summary>Host memory for prompts that left their slots; 0: none.</summary>
    public long PromptCacheBytes { get; init; } = DefaultPromptCacheBytes;

    /// <summary>Where slots may be saved; null: nowhere.</summary>
    public string? SlotFolder { get; init; }

    /// <summary>Whoever asks goes on from anybody's cache; else only from that of the same owner.</summary>
    public bool SharesCache { get; init; }

    /// <summary>Words that put a request's grammar into force; none: it is in force from the start.</summary>
    public IReadOnlyList<string> GrammarTriggers { get; init; } = [];

    /// <summary>True: the Embedding call works as well.</summary>
    public bool Embeddings { get; init; }

    /// <summary>True: the Rerank call works as well.</summary>
    public bool Reranking { get; init; }

    /// <summary>Of embeddings; null: what the model says, else mean.</summary>
    public PoolingType? Pooling { get; init; }

    // A model trained for 128k tokens would otherwise take gigabytes of cache for each slot without being asked.
    internal const int DefaultContextLimit = 4096;

    // Some dozens of chats with a small model, one or two with a large one: a fraction of what its weights take.
    internal const long DefaultPromptCacheBytes = 256L << 20;

    // Where a draft is right eight times in ten, more guesses are rarely all right.
    internal const int DefaultDraftTokens = 5;

    // With as many engine threads as processors anything else that runs makes every barrier of the engine wait.
    internal static int DefaultThreads => Math.Max(1, Environment.ProcessorCount - 1);
}
