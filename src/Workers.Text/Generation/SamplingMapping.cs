using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>How tokens are chosen: the request's value, else the model's, else llama.cpp's server default.</summary>
internal static class SamplingMapping
{
    private const float Temperature = 0.8f;
    private const int TopK = 40;
    private const float TopP = 0.95f;
    private const float MinP = 0.05f;
    private const int PenaltyWindow = 64;
    private const float MirostatTau = 5;
    private const float MirostatEta = 0.1f;

    public static void Fill(PredictOptions request, SamplingSettings asked, ModelParameters model)
    {
        request.Temperature = asked.Temperature ?? model.Temperature ?? Temperature;
        request.TopK = asked.TopK ?? model.TopK ?? TopK;
        request.TopP = asked.TopP ?? model.TopP ?? TopP;
        request.MinP = asked.MinP ?? model.MinP ?? MinP;
        request.TypicalP = asked.TypicalP ?? model.TypicalP ?? 1;
        request.Penalty = asked.RepeatPenalty ?? model.RepeatPenalty ?? 1;
        request.RepeatLastN = asked.RepeatLastN ?? model.RepeatLastN ?? PenaltyWindow;
        request.PresencePenalty = asked.PresencePenalty ?? model.PresencePenalty ?? 0;
        request.FrequencyPenalty = asked.FrequencyPenalty ?? model.FrequencyPenalty ?? 0;
        request.Mirostat = asked.Mirostat ?? model.Mirostat ?? 0;
        request.MirostatTAU = asked.MirostatTau ?? model.MirostatTau ?? MirostatTau;
        request.MirostatETA = asked.MirostatEta ?? model.MirostatEta ?? MirostatEta;
        request.XtcProbability = asked.XtcProbability ?? 0;
        request.XtcThreshold = asked.XtcThreshold ?? 0;
        request.DryMultiplier = asked.DryMultiplier ?? 0;
        request.DryBase = asked.DryBase ?? 0;
        request.DryAllowedLength = asked.DryAllowedLength ?? 0;
        request.DryPenaltyLastN = asked.DryPenaltyLastN ?? 0;
        request.TopNSigma = asked.TopNSigma ?? 0;
        request.DynatempRange = asked.DynatempRange ?? 0;
        request.DynatempExponent = asked.DynatempExponent ?? 0;
        if (request.TopP <= 0)
        {
            // Nothing but the best token: the backend takes 0 as not set.
            request.Temperature = 0;
        }

        request.Seed = SeedOf(asked.Seed ?? model.Seed);
    }

    // The protocol's seed has 32 bits and -1 is random; a longer one is folded, so that different seeds stay different.
    private static int SeedOf(long? seed) => seed is not { } value || value == -1 ? -1 : (int)((value ^ (value >> 31)) & int.MaxValue);
}
