using System.Globalization;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>
/// From LoadModel's options to checked settings. Zero means the default, as in the protocol; what this backend cannot do is
/// refused by name, never ignored.
/// </summary>
internal static class ModelOptionsReader
{
    // One step's worth of tokens; more only lengthens the wait of the other slots.
    private const int BatchLimit = 8192;

    // Far above any model's window; a cache of that size fails for lack of memory long before.
    private const int ContextLimit = 16 * 1024 * 1024;

    // ggml's GGML_MAX_N_THREADS.
    private const int ThreadLimit = 512;

    internal static ModelSettings Read(ModelOptions options)
    {
        RefuseUnsupported(options);
        var named = NamedOptions.Read(options.Options);
        if (options.DraftModel.Length > 0 && named.ContextShift)
            throw CallErrors.Unsupported("the llama backend does not support context_shift together with DraftModel");
        return new ModelSettings
        {
            Path = PathOf(options),
            ContextSize = InRange("ContextSize", options.ContextSize, ContextLimit),
            Slots = named.Slots,
            BatchSize = options.NBatch == 0 ? 512 : InRange("NBatch", options.NBatch, BatchLimit),
            Threads = options.Threads == 0 ? ModelSettings.DefaultThreads : InRange("Threads", options.Threads, ThreadLimit),
            GpuLayers = options.NGPULayers < 0 ? null : options.NGPULayers,
            MainGpu = Number("MainGPU", options.MainGPU),
            TensorSplit = Shares(options.TensorSplit),
            Mmap = options.MMap,
            Mlock = options.MLock,
            FlashAttention = Named("FlashAttention", options.FlashAttention, FlashAttentions, FlashAttention.Auto),
            KeyCache = Named("CacheTypeKey", options.CacheTypeKey, CacheTypes, CacheType.F16),
            ValueCache = Named("CacheTypeValue", options.CacheTypeValue, CacheTypes, CacheType.F16),
            OffloadKv = !options.NoKVOffload && !options.LowVRAM,
            Rope = RopeOf(options),
            LoraAdapters = AdaptersOf(options),
            GrammarTriggers = [.. options.GrammarTriggers.Select(trigger => trigger.Word)],
            Embeddings = options.Embeddings,
            Reranking = options.Reranking,
            Pooling = named.Pooling,
            DraftPath = options.DraftModel.Length > 0 ? Beside(options, options.DraftModel) : null,
            DraftTokens = named.DraftTokens,
            ContextShift = named.ContextShift,
            PromptCacheBytes = named.PromptCacheBytes,
            SharesCache = named.SharesCache,
            SlotFolder = named.SlotFolder is { } folder ? Path.GetFullPath(Path.Combine(options.ModelPath, folder)) : null,
        };
    }

    private static Dictionary<string, CacheType> CacheTypes { get; } =
        Enum.GetValues<CacheType>().ToDictionary(type => type.ToString(), StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, FlashAttention> FlashAttentions { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["auto"] = FlashAttention.Auto,
        ["on"] = FlashAttention.On,
        ["true"] = FlashAttention.On,
        ["enabled"] = FlashAttention.On,
        ["off"] = FlashAttention.Off,
        ["false"] = FlashAttention.Off,
        ["disabled"] = FlashAttention.Off,
    };

    private static Dictionary<string, RopeScaling> RopeScalings { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = RopeScaling.None,
        ["linear"] = RopeScaling.Linear,
        ["yarn"] = RopeScaling.Yarn,
        ["longrope"] = RopeScaling.LongRope,
    };

    private static void RefuseUnsupported(ModelOptions options)
    {
        (string Name, bool Asked)[] unsupported =
        [
            ("MMProj (multimodal input)", options.MMProj.Length > 0),
            ("Overrides", options.Overrides.Count > 0),
            ("EnableScore", options.EnableScore),
            ("VocabOnly", options.VocabOnly),
            ("NUMA", options.NUMA),
            ("LoraBase", options.LoraBase.Length > 0),
            ("EngineArgs", options.EngineArgs.Length > 0),
        ];
        if (Array.Find(unsupported, entry => entry.Asked) is { Asked: true } asked)
            throw CallErrors.Unsupported($"the llama backend does not support {asked.Name}");
    }

    private static string PathOf(ModelOptions options)
    {
        string file = options.ModelFile.Length > 0 ? options.ModelFile : options.Model;
        if (file.Length == 0)
            throw CallErrors.Invalid("ModelFile names no file");
        return Beside(options, file);
    }

    private static string Beside(ModelOptions options, string file)
        => Path.IsPathRooted(file) || options.ModelPath.Length == 0 ? file : Path.Combine(options.ModelPath, file);

    private static RopeSettings RopeOf(ModelOptions options) => new()
    {
        Scaling = Named("RopeScaling", options.RopeScaling, RopeScalings, RopeScaling.FromModel),
        FrequencyBase = options.RopeFreqBase,
        FrequencyScale = options.RopeFreqScale,
        YarnExtFactor = options.YarnExtFactor,
        YarnAttnFactor = options.YarnAttnFactor,
        YarnBetaFast = options.YarnBetaFast,
        YarnBetaSlow = options.YarnBetaSlow,
    };

    private static List<LoraAdapter> AdaptersOf(ModelOptions options)
    {
        var adapters = new List<LoraAdapter>();
        if (options.LoraAdapter.Length > 0)
            adapters.Add(new LoraAdapter(options.LoraAdapter, options.LoraScale == 0 ? 1 : options.LoraScale));
        if (options.LoraScales.Count > options.LoraAdapters.Count)
            throw CallErrors.Invalid($"LoraScales has {options.LoraScales.Count} entries for {options.LoraAdapters.Count} LoraAdapters");
        adapters.AddRange(options.LoraAdapters.Select((path, i) => new LoraAdapter(path, i < options.LoraScales.Count ? options.LoraScales[i] : 1)));
        return adapters;
    }

    private static int InRange(string name, int value, int limit)
        => value >= 0 && value <= limit ? value : throw CallErrors.Invalid($"{name} is {value}; 0 to {limit} is possible");

    private static int Number(string name, string text)
        => text.Length == 0 ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : throw CallErrors.Invalid($"{name} '{text}' is not a number");

    private static List<float> Shares(string text)
        => [.. text.Split([',', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(share =>
            float.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number) && number >= 0
                ? number
                : throw CallErrors.Invalid($"TensorSplit '{text}' is not a list of numbers"))];

    private static T Named<T>(string name, string text, Dictionary<string, T> values, T otherwise)
        => text.Length == 0 ? otherwise
            : values.TryGetValue(text, out T? value) ? value
            : throw CallErrors.Invalid($"{name} '{text}' is unknown; possible are {string.Join(", ", values.Keys)}");
}
