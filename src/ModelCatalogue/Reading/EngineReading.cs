using System.Globalization;

namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>Reads what the engine is loaded with.</summary>
internal static class EngineReading
{
    /// <summary>llama.cpp's limit of sequences in one context.</summary>
    private const int MostSlots = 256;

    private const int MostThreads = 1024;

    public static RopeSettings ReadRope(ModelSection root, ModelSection parameters) => new()
    {
        Scaling = root.Choice("rope_scaling", "none", "linear", "yarn", "longrope"),
        FrequencyBase = parameters.Number("rope_freq_base", 0, float.MaxValue) ?? root.Number("rope_freq_base", 0, float.MaxValue),
        FrequencyScale = parameters.Number("rope_freq_scale", 0, float.MaxValue) ?? root.Number("rope_freq_scale", 0, float.MaxValue),
        YarnExtFactor = root.Number("yarn_ext_factor", -1, float.MaxValue),
        YarnAttnFactor = root.Number("yarn_attn_factor", -1, float.MaxValue),
        YarnBetaFast = root.Number("yarn_beta_fast", -1, float.MaxValue),
        YarnBetaSlow = root.Number("yarn_beta_slow", -1, float.MaxValue),
    };

    public static DeviceSettings ReadDevices(ModelSection root) => new()
    {
        TensorSplit = root.Text("tensor_split"),
        MainGpu = root.Text("main_gpu"),
        LowVram = root.Flag("low_vram"),
        Numa = root.Flag("numa"),
        NoKvOffloading = root.Flag("no_kv_offloading"),
    };

    public static ModelDefinition ReadSizes(ModelDefinition model, ModelSection root, ModelSection parameters) => model with
    {
        ContextSize = root.Integer("context_size", 0, int.MaxValue),
        BatchSize = parameters.Integer("batch", 1, int.MaxValue) ?? root.Integer("batch", "batch_size", 1, int.MaxValue),
        Threads = ReadThreads(root),
        // -1 and 99 both mean all layers to somebody.
        GpuLayers = root.Integer("gpu_layers", "n_gpu_layers", -1, int.MaxValue),
        F16 = root.Flag("f16"),
        Mmap = root.Flag("mmap"),
        MLock = root.Flag("mmlock") ?? root.Flag("mlock"),
        FlashAttention = ReadFlashAttention(root),
        CacheTypeK = root.Text("cache_type_k") ?? root.Text("cache_type_key"),
        CacheTypeV = root.Text("cache_type_v") ?? root.Text("cache_type_value"),
        Rope = ReadRope(root, parameters),
        Devices = ReadDevices(root),
        DraftTokens = root.Integer("n_draft", 0, 1024),
        ContextShift = root.Flag("context_shift"),
    };

    /// <summary>Generations at a time: LocalAI has them among the options.</summary>
    public static int ReadSlots(ModelSection root, IReadOnlyList<string> options)
    {
        foreach (var option in options)
        {
            var parts = option.Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts[0] is not ("parallel" or "n_parallel"))
            {
                continue;
            }

            if (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var slots) && slots is >= 1 and <= MostSlots)
            {
                return slots;
            }

            root.Findings.Mistake(root.Entry("options")!, "options", $"has \"{option}\", but parallel must be from 1 to {MostSlots}");
        }

        return ModelDefinition.DefaultSlots;
    }

    /// <summary>0 leaves it to the backend, as in LocalAI.</summary>
    private static int? ReadThreads(ModelSection root) => root.Integer("threads", 0, MostThreads) is { } threads and > 0 ? threads : null;

    /// <summary>LocalAI knew only true and false once.</summary>
    private static string? ReadFlashAttention(ModelSection root) =>
        root.Choice("flash_attention", "on", "off", "auto", "true", "false", "enabled", "disabled") switch
        {
            null => null,
            "auto" => "auto",
            "on" or "true" or "enabled" => "on",
            _ => "off",
        };
}
