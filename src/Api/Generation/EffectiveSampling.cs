using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>The sampling that a worker uses: the request's value, else the model's, else llama.cpp's.</summary>
internal static class EffectiveSampling
{
    public static SamplingSettings Of(SamplingSettings asked, ModelParameters model) => asked with
    {
        Temperature = asked.Temperature ?? model.Temperature ?? SamplingDefaults.Temperature,
        TopK = asked.TopK ?? model.TopK ?? SamplingDefaults.TopK,
        TopP = asked.TopP ?? model.TopP ?? SamplingDefaults.TopP,
        MinP = asked.MinP ?? model.MinP ?? SamplingDefaults.MinP,
        TypicalP = asked.TypicalP ?? model.TypicalP ?? 1,
        RepeatPenalty = asked.RepeatPenalty ?? model.RepeatPenalty ?? 1,
        RepeatLastN = asked.RepeatLastN ?? model.RepeatLastN ?? SamplingDefaults.RepeatLastN,
        PresencePenalty = asked.PresencePenalty ?? model.PresencePenalty ?? 0,
        FrequencyPenalty = asked.FrequencyPenalty ?? model.FrequencyPenalty ?? 0,
        Mirostat = asked.Mirostat ?? model.Mirostat ?? 0,
        MirostatTau = asked.MirostatTau ?? model.MirostatTau ?? SamplingDefaults.MirostatTau,
        MirostatEta = asked.MirostatEta ?? model.MirostatEta ?? SamplingDefaults.MirostatEta,
        Seed = asked.Seed ?? model.Seed,
    };
}
