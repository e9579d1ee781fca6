using System.Globalization;
using LocalAI.Pipeline.Backends.Llama.Loading;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>The entries "name:value" of ModelOptions.Options (options: in a model's YAML).</summary>
internal sealed record NamedOptions
{
    // LLAMA_MAX_SEQ.
    private const int SlotLimit = 256;

    // Each is a row of logits of the vocabulary for every slot.
    private const int DraftLimit = 64;

    // A terabyte: more than the memory of any machine that would be asked.
    private const int CacheLimitMebibytes = 1 << 20;

    private const string Known = "parallel:N, pooling:mean|cls|last|rank, use_jinja:true, context_shift:true|false, cache_ram:MEBIBYTES, draft_max:N, shared_cache:true|false, slot_save_path:FOLDER";

    /// <summary>Generations at the same time.</summary>
    public int Slots { get; private init; } = 4;

    public PoolingType? Pooling { get; private init; }

    public int DraftTokens { get; private init; } = ModelSettings.DefaultDraftTokens;

    public bool ContextShift { get; private init; }

    public long PromptCacheBytes { get; private init; } = ModelSettings.DefaultPromptCacheBytes;

    public bool SharesCache { get; private init; }

    public string? SlotFolder { get; private init; }

    internal static NamedOptions Read(IEnumerable<string> entries)
    {
        var options = new NamedOptions();
        foreach (string entry in entries)
        {
            int colon = entry.IndexOf(':', StringComparison.Ordinal);
            string name = (colon < 0 ? entry : entry[..colon]).Trim();
            string value = colon < 0 ? "" : entry[(colon + 1)..].Trim();
            options = name switch
            {
                "parallel" or "n_parallel" => options with { Slots = NumberOf(entry, value, SlotLimit) },
                "pooling" or "pooling_type" => options with { Pooling = PoolingOf(entry, value) },
                // How this backend works anyway; model files written for LocalAI say so.
                "use_jinja" or "jinja" when value is "" or "true" => options,
                "draft_max" or "n_draft" => options with { DraftTokens = NumberOf(entry, value, DraftLimit) },
                "context_shift" => options with { ContextShift = SwitchOf(entry, value) },
                "cache_ram" => options with { PromptCacheBytes = BytesOf(entry, value) },
                "slot_save_path" when value.Length > 0 => options with { SlotFolder = value },
                "shared_cache" => options with { SharesCache = SwitchOf(entry, value) },
                _ => throw CallErrors.Invalid($"the llama backend does not know the option '{entry}'; it knows {Known}"),
            };
        }
        return options;
    }

    private static int NumberOf(string entry, string value, int most)
        => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most
            ? number
            : throw CallErrors.Invalid($"the option '{entry}' wants a number from 1 to {most}");

    private static bool SwitchOf(string entry, string value) => value switch
    {
        "true" or "" => true,
        "false" => false,
        _ => throw CallErrors.Invalid($"the option '{entry}' wants true or false"),
    };

    private static long BytesOf(string entry, string value)
        => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int mebibytes) && mebibytes <= CacheLimitMebibytes
            ? (long)mebibytes << 20
            : throw CallErrors.Invalid($"the option '{entry}' wants a number of MiB from 0 to {CacheLimitMebibytes}");

    private static PoolingType PoolingOf(string entry, string value) => value switch
    {
        "mean" => PoolingType.Mean,
        "cls" => PoolingType.Cls,
        "last" => PoolingType.Last,
        "rank" => PoolingType.Rank,
        _ => throw CallErrors.Invalid($"the option '{entry}' wants mean, cls, last or rank"),
    };
}
