using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.LlamaCpp.Reading;

/// <summary>The sampling parameters that all APIs share, and those that only llama.cpp's shape has.</summary>
internal static class LlamaSamplingReader
{
    // llama.cpp has ten; each may come more than once.
    private const int MaxSamplers = 32;
    private const int MaxBreakers = 64;
    private const int LongestBreaker = 40;
    private const int Vocabulary = 10_000_000;

    // By llama.cpp's names, with the other spellings that its server takes.
    private static readonly Dictionary<string, string> Samplers = new(StringComparer.Ordinal)
    {
        ["penalties"] = "penalties",
        ["dry"] = "dry",
        ["top_n_sigma"] = "top_n_sigma",
        ["top_k"] = "top_k",
        ["top-k"] = "top_k",
        ["typ_p"] = "typ_p",
        ["typ-p"] = "typ_p",
        ["typical_p"] = "typ_p",
        ["typical-p"] = "typ_p",
        ["typical"] = "typ_p",
        ["top_p"] = "top_p",
        ["top-p"] = "top_p",
        ["nucleus"] = "top_p",
        ["min_p"] = "min_p",
        ["min-p"] = "min_p",
        ["xtc"] = "xtc",
        ["infill"] = "infill",
        ["temperature"] = "temperature",
        ["temp"] = "temperature",
    };

    public static SamplingSettings Read(FieldReader fields) => SamplingReader.Read(fields) with
    {
        Samplers = Order(fields),
        MinKeep = fields.Integer("min_keep", 0, Vocabulary),
        DrySequenceBreakers = Breakers(fields),
    };

    private static IReadOnlyList<string>? Order(FieldReader fields)
    {
        if (TextsReader.Read(fields, "samplers", MaxSamplers) is not { } names)
        {
            return null;
        }

        return names.Count == 0
            ? throw RequestErrors.WrongValue("samplers", "is empty: leave it out for llama.cpp's own order.")
            : [.. names.Select((name, index) => Samplers.TryGetValue(name, out var known)
                ? known
                : throw RequestErrors.Unsupported($"samplers[{index}]", $"there is no sampler '{Shown.Short(name)}' here; there are {string.Join(", ", Samplers.Values.Distinct())}."))];
    }

    private static IReadOnlyList<string>? Breakers(FieldReader fields)
    {
        if (TextsReader.Read(fields, "dry_sequence_breakers", MaxBreakers) is not { } breakers)
        {
            return null;
        }

        return breakers.Count == 0 ? throw RequestErrors.WrongValue("dry_sequence_breakers", "is empty.")
            : breakers.FirstOrDefault(breaker => breaker.Length > LongestBreaker) is not null ? throw RequestErrors.WrongValue("dry_sequence_breakers", $"has a text of more than {LongestBreaker} characters.")
            : breakers;
    }
}
