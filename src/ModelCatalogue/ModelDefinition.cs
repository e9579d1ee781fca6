using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>
/// One model of the catalogue, as its YAML file or its bare .gguf file says. Null means that the file says nothing and the
/// backend's own default holds. The names in the file are LocalAI's.
/// </summary>
public sealed record ModelDefinition
{
    /// <summary>Slots when <c>options</c> has no <c>parallel</c>: enough for a small fleet of chats to share a step.</summary>
    public const int DefaultSlots = 4;

    /// <summary>The backend that comes with us, and of models whose file names none.</summary>
    public const string OwnBackend = "llama-cpp";

    /// <summary>Unique in the catalogue; 1 to 128 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Further names that find it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>How to use it, for people.</summary>
    public string? Usage { get; init; }

    /// <summary>Which pool of workers serves it.</summary>
    public ModelPool Pool { get; init; } = ModelPool.Text;

    /// <summary>LocalAI's words for what it can do (<c>chat</c>, <c>embeddings</c>, ...); empty when the file does not say.</summary>
    public IReadOnlyList<string> KnownUsecases { get; init; } = [];

    /// <summary>LocalAI's <c>known_input_modalities</c>: <c>text</c>, <c>image</c>, <c>audio</c>, <c>video</c>; empty when the file does not say.</summary>
    public IReadOnlyList<string> InputModalities { get; init; } = [];

    /// <summary>The backend's name, safe as a folder name.</summary>
    public string Backend { get; init; } = OwnBackend;

    /// <summary><c>parameters.model</c> as it is written: the model's identity for the backend.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// Full path inside the models folder. It exists for backends that read files; others may take <see cref="Model"/> as
    /// the name of something that they find by themselves.
    /// </summary>
    public required string ModelFile { get; init; }

    /// <summary>Full path of the multimodal projector.</summary>
    public string? MmProjFile { get; init; }

    /// <summary>Full path of the model that drafts.</summary>
    public string? DraftModelFile { get; init; }

    /// <summary>Tokens drafted at a time.</summary>
    public int? DraftTokens { get; init; }

    /// <summary>Defaults for requests.</summary>
    public ModelParameters Parameters { get; init; } = new();

    /// <summary>Tokens; 0 means the model's own.</summary>
    public int? ContextSize { get; init; }

    /// <summary>A full context loses the older half of the text instead of ending the answer.</summary>
    public bool? ContextShift { get; init; }

    /// <summary>Tokens in one step.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Threads of the engine.</summary>
    public int? Threads { get; init; }

    /// <summary>Layers on the GPU.</summary>
    public int? GpuLayers { get; init; }

    /// <summary>Half precision for the KV cache.</summary>
    public bool? F16 { get; init; }

    /// <summary>Map the file instead of reading it.</summary>
    public bool? Mmap { get; init; }

    /// <summary>Keep the model in memory.</summary>
    public bool? MLock { get; init; }

    /// <summary><c>on</c>, <c>off</c> or <c>auto</c>.</summary>
    public string? FlashAttention { get; init; }

    /// <summary>Type of the cached keys, such as <c>q8_0</c>.</summary>
    public string? CacheTypeK { get; init; }

    /// <summary>Type of the cached values.</summary>
    public string? CacheTypeV { get; init; }

    /// <summary>Stretching of the context.</summary>
    public RopeSettings Rope { get; init; } = new();

    /// <summary>Which devices hold what.</summary>
    public DeviceSettings Devices { get; init; } = new();

    /// <summary>Texts that end an answer.</summary>
    public IReadOnlyList<string> StopWords { get; init; } = [];

    /// <summary>The model gives embeddings.</summary>
    public bool Embeddings { get; init; }

    /// <summary>The model ranks documents.</summary>
    public bool Reranking { get; init; }

    /// <summary>Options of the backend, each <c>key:value</c> or <c>key</c>, in the file's order.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Metadata overrides for the backend.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Generations at a time, 1 to 256: <c>parallel</c> of <see cref="Options"/>.</summary>
    public int Slots { get; init; } = DefaultSlots;

    /// <summary>Used when a request has no system message.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary><c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c> or <c>high</c>.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>How a request becomes a prompt.</summary>
    public TemplateSettings Templates { get; init; } = new();

    /// <summary>Variables for the chat template. Shared: clone before changing.</summary>
    public JsonObject TemplateArguments { get; init; } = [];

    /// <summary>Names of the roles in the prompt, by OpenAI's names.</summary>
    public IReadOnlyDictionary<string, string> Roles { get; init; } = new Dictionary<string, string>();

    /// <summary>Switches of experiments.</summary>
    public IReadOnlyDictionary<string, bool> FeatureFlags { get; init; } = new Dictionary<string, bool>();

    /// <summary>How functions are called.</summary>
    public FunctionSettings Function { get; init; } = new();

    /// <summary>Adapters with their scales.</summary>
    public IReadOnlyList<LoraAdapter> LoraAdapters { get; init; } = [];

    /// <summary>The file that says all this, relative to the models folder, for messages.</summary>
    public required string Source { get; init; }

    /// <summary>Whether messages may have this besides text: <c>image</c>, <c>audio</c> or <c>video</c>. A projector and the usecase <c>vision</c> mean images.</summary>
    public bool Takes(string modality) =>
        InputModalities.Contains(modality) || (modality == "image" && (MmProjFile is not null || KnownUsecases.Contains("vision")));
}
