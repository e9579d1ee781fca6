using System.Globalization;
using LocalAI.Pipeline.Backends.Llama.Loading;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>The entries "name:value" of ModelOptions.Options (options: in a model's YAML).</summary>
internal sealed record NamedOptions
{
    // LLAMA_MAX_SEQ.
    private const int SlotLimit = 256;

    private const string Known = "parallel:N, pooling:mean|cls|last|rank, use_jinja:true, context_shift:false";

    /// <summary>Generations at the same time.</summary>
    public int Slots { get; private init; } = 4;

    public PoolingType? Pooling { get; private init; }

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
                "parallel" or "n_parallel" => options with { Slots = SlotsOf(entry, value) },
                "pooling" or "pooling_type" => options with { Pooling = PoolingOf(entry, value) },
                // How this backend works anyway; model files written for LocalAI say so.
                "use_jinja" or "jinja" when value is "" or "true" => options,
                "context_shift" when value is "false" => options,
                _ => throw CallErrors.Invalid($"the llama backend does not know the option '{entry}'; it knows {Known}"),
            };
        }
        return options;
    }

    private static int SlotsOf(string entry, string value)
        => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int slots) && slots is >= 1 and <= SlotLimit
            ? slots
            : throw CallErrors.Invalid($"the option '{entry}' wants a number from 1 to {SlotLimit}");

    private static PoolingType PoolingOf(string entry, string value) => value switch
    {
        "mean" => PoolingType.Mean,
        "cls" => PoolingType.Cls,
        "last" => PoolingType.Last,
        "rank" => PoolingType.Rank,
        _ => throw CallErrors.Invalid($"the option '{entry}' wants mean, cls, last or rank"),
    };
}
