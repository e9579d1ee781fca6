using LocalAI.Pipeline.Backends.Llama.Sampling;
using LocalAI.Pipeline.Backends.Llama.Vocabularies;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>
/// From Predict's options to sampling settings. The protocol cannot tell "not set" from zero: TopP, TypicalP, Penalty and the
/// like of zero mean off; a negative seed means a new one for each request.
/// </summary>
internal static class SamplingReader
{
    // llama.cpp's default of how far penalties look back.
    private const int DefaultLookBack = 64;

    // Each is a walk over the vocabulary at every token; llama.cpp has ten of them, and lets each come more than once.
    private const int SamplerLimit = 32;

    // llama.cpp looks for each in every token of the vocabulary when the sampler is made, and reads 40 bytes at most.
    private const int BreakerLimit = 64;
    private const int BreakerLengthLimit = 40;

    internal static SamplingSettings Read(PredictOptions options, Vocabulary vocabulary, int contextSize)
    {
        RequireFinite(options);
        return new SamplingSettings
        {
            Temperature = options.Temperature,
            DynamicTemperatureRange = options.DynatempRange,
            DynamicTemperatureExponent = options.DynatempExponent == 0 ? 1 : options.DynatempExponent,
            Seed = options.Seed < 0 ? null : (uint)options.Seed,
            TopK = Math.Max(0, options.TopK),
            TopP = OffWhenZero(options.TopP),
            MinP = options.MinP,
            TypicalP = OffWhenZero(options.TypicalP),
            TopNSigma = options.TopNSigma,
            XtcProbability = options.XtcProbability,
            XtcThreshold = options.XtcThreshold == 0 ? 0.1f : options.XtcThreshold,
            RepeatLastN = LookBack(options.RepeatLastN != 0 ? options.RepeatLastN : options.Repeat, contextSize, DefaultLookBack),
            RepeatPenalty = options.Penalty > 0 ? options.Penalty : 1,
            FrequencyPenalty = options.FrequencyPenalty,
            PresencePenalty = options.PresencePenalty,
            Dry = DryOf(options, contextSize),
            Mirostat = options.Mirostat is >= 0 and <= 2 ? options.Mirostat : throw CallErrors.Invalid($"Mirostat is {options.Mirostat}; 0, 1 and 2 are possible"),
            MirostatTau = options.MirostatTAU == 0 ? 5 : options.MirostatTAU,
            MirostatEta = options.MirostatETA == 0 ? 0.1f : options.MirostatETA,
            MinKeep = Math.Max(1, options.MinKeep),
            Order = Order(options),
            LogitBias = LogitBiasReader.Read(options.LogitBias, vocabulary),
            IgnoreEndOfGeneration = options.IgnoreEOS,
        };
    }

    private static IReadOnlyList<string> Order(PredictOptions options)
        => options.Samplers.Count > SamplerLimit ? throw CallErrors.Invalid($"Samplers has {options.Samplers.Count} entries; at most {SamplerLimit} are possible")
            : options.Samplers.FirstOrDefault(name => !SamplerNames.All.Contains(name)) is { } unknown
                ? throw CallErrors.Invalid($"there is no sampler '{unknown}'; there are {string.Join(", ", SamplerNames.All)}")
            : [.. options.Samplers];

    private static DrySettings DryOf(PredictOptions options, int contextSize)
    {
        var dry = new DrySettings
        {
            Multiplier = options.DryMultiplier,
            Base = options.DryBase == 0 ? 1.75f : options.DryBase,
            AllowedLength = options.DryAllowedLength == 0 ? 2 : options.DryAllowedLength,
            LastN = LookBack(options.DryPenaltyLastN, contextSize, contextSize),
        };
        return options.DrySequenceBreakers.Count == 0 ? dry
            : options.DrySequenceBreakers.Any(breaker => breaker.Length is 0 or > BreakerLengthLimit || breaker.Contains('\0', StringComparison.Ordinal)) || options.DrySequenceBreakers.Count > BreakerLimit
                ? throw CallErrors.Invalid($"DrySequenceBreakers wants at most {BreakerLimit} texts of 1 to {BreakerLengthLimit} characters")
            : dry with { Breakers = [.. options.DrySequenceBreakers] };
    }

    private static float OffWhenZero(float value) => value is <= 0 or > 1 ? 1 : value;

    private static int LookBack(int value, int contextSize, int otherwise) => value switch
    {
        0 => otherwise,
        < 0 => contextSize,
        _ => Math.Min(value, contextSize),
    };

    // NaN and infinity would reach comparisons in native code that assume numbers.
    private static void RequireFinite(PredictOptions options)
    {
        (string Name, float Value)[] numbers =
        [
            ("Temperature", options.Temperature), ("DynatempRange", options.DynatempRange), ("DynatempExponent", options.DynatempExponent),
            ("TopP", options.TopP), ("MinP", options.MinP), ("TypicalP", options.TypicalP), ("TopNSigma", options.TopNSigma),
            ("XtcProbability", options.XtcProbability), ("XtcThreshold", options.XtcThreshold), ("Penalty", options.Penalty),
            ("FrequencyPenalty", options.FrequencyPenalty), ("PresencePenalty", options.PresencePenalty),
            ("DryMultiplier", options.DryMultiplier), ("DryBase", options.DryBase),
            ("MirostatTAU", options.MirostatTAU), ("MirostatETA", options.MirostatETA),
        ];
        foreach ((string name, float value) in numbers)
        {
            if (!float.IsFinite(value))
                throw CallErrors.Invalid($"{name} is not a finite number");
        }
    }
}
