using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary>OpenAI's sampling parameters and those of LocalAI and llama.cpp's server, each within what the engine makes sense of.</summary>
internal static class SamplingReader
{
    // Windows over tokens: past any context.
    private const int Window = 10_000_000;
    private const int Vocabulary = 10_000_000;

    public static SamplingSettings Read(FieldReader fields) => new()
    {
        Temperature = fields.Number("temperature", 0, 2),
        TopP = fields.Number("top_p", 0, 1),
        // -1 is another word for off.
        TopK = fields.Integer("top_k", -1, Vocabulary) is { } topK ? Math.Max(topK, 0) : null,
        MinP = fields.Number("min_p", 0, 1),
        TypicalP = fields.Number("typical_p", 0, 1),
        RepeatPenalty = fields.Number("repeat_penalty", 0, 10),
        RepeatLastN = fields.Integer("repeat_last_n", -1, Window),
        PresencePenalty = fields.Number("presence_penalty", -2, 2),
        FrequencyPenalty = fields.Number("frequency_penalty", -2, 2),
        Mirostat = fields.Integer("mirostat", 0, 2),
        MirostatTau = fields.Number("mirostat_tau", 0, 100),
        MirostatEta = fields.Number("mirostat_eta", 0, 10),
        XtcProbability = fields.Number("xtc_probability", 0, 1),
        XtcThreshold = fields.Number("xtc_threshold", 0, 1),
        DryMultiplier = fields.Number("dry_multiplier", 0, 100),
        DryBase = fields.Number("dry_base", 1, 100),
        DryAllowedLength = fields.Integer("dry_allowed_length", 0, Window),
        DryPenaltyLastN = fields.Integer("dry_penalty_last_n", -1, Window),
        TopNSigma = fields.Number("top_n_sigma", -1, 100),
        DynatempRange = fields.Number("dynatemp_range", 0, 10),
        DynatempExponent = fields.Number("dynatemp_exponent", 0, 10),
        // -1 is llama.cpp's word for random.
        Seed = fields.Long("seed", long.MinValue, long.MaxValue) is { } seed and not -1 ? seed : null,
    };
}
