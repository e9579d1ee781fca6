using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>How tokens are chosen: the request's value, else the model's, else llama.cpp's server default.</summary>
internal static class SamplingMapping
{
    public static void Fill(PredictOptions request, SamplingSettings asked, ModelParameters model)
    {
        request.Temperature = asked.Temperature ?? model.Temperature ?? SamplingDefaults.Temperature;
        request.TopK = asked.TopK ?? model.TopK ?? SamplingDefaults.TopK;
        request.TopP = asked.TopP ?? model.TopP ?? SamplingDefaults.TopP;
        request.MinP = asked.MinP ?? model.MinP ?? SamplingDefaults.MinP;
        request.TypicalP = asked.TypicalP ?? model.TypicalP ?? 1;
        request.Penalty = asked.RepeatPenalty ?? model.RepeatPenalty ?? 1;
        request.RepeatLastN = asked.RepeatLastN ?? model.RepeatLastN ?? SamplingDefaults.RepeatLastN;
        request.PresencePenalty = asked.PresencePenalty ?? model.PresencePenalty ?? 0;
        request.FrequencyPenalty = asked.FrequencyPenalty ?? model.FrequencyPenalty ?? 0;
        request.Mirostat = asked.Mirostat ?? model.Mirostat ?? 0;
        request.MirostatTAU = asked.MirostatTau ?? model.MirostatTau ?? SamplingDefaults.MirostatTau;
        request.MirostatETA = asked.MirostatEta ?? model.MirostatEta ?? SamplingDefaults.MirostatEta;
        request.XtcProbability = asked.XtcProbability ?? 0;
        request.XtcThreshold = asked.XtcThreshold ?? 0;
        request.DryMultiplier = asked.DryMultiplier ?? 0;
        request.DryBase = asked.DryBase ?? 0;
        request.DryAllowedLength = asked.DryAllowedLength ?? 0;
        request.DryPenaltyLastN = asked.DryPenaltyLastN ?? 0;
        request.TopNSigma = asked.TopNSigma ?? 0;
        request.DynatempRange = asked.DynatempRange ?? 0;
        request.DynatempExponent = asked.DynatempExponent ?? 0;
        request.DrySequenceBreakers.AddRange(asked.DrySequenceBreakers ?? []);
        request.Samplers.AddRange(asked.Samplers ?? []);
        request.MinKeep = asked.MinKeep ?? 0;
        SwitchOff(request, asked, model);
        request.Seed = SeedOf(asked.Seed ?? model.Seed);
    }

    // Where the protocol takes a zero for "not set", what a zero means is said in another way.
    private static void SwitchOff(PredictOptions request, SamplingSettings asked, ModelParameters model)
    {
        if (request.TopP <= 0)
        {
            // Nothing but the best token.
            request.Temperature = 0;
        }

        if ((asked.RepeatLastN ?? model.RepeatLastN) == 0)
        {
            (request.Penalty, request.PresencePenalty, request.FrequencyPenalty) = (1, 0, 0);
        }

        if (asked.DryPenaltyLastN == 0)
        {
            request.DryMultiplier = 0;
        }
    }

    // The protocol's seed has 32 bits and -1 is random; a longer one is folded, so that different seeds stay different.
    private static int SeedOf(long? seed) => seed is not { } value || value == -1 ? -1 : (int)((value ^ (value >> 31)) & int.MaxValue);
}
