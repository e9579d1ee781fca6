using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>Seeds of the choices of one request.</summary>
internal static class ChoiceSeeds
{
    /// <summary>The same seed for all choices would give the same text each time.</summary>
    public static SamplingSettings ForChoice(this SamplingSettings sampling, int choice) =>
        sampling.Seed is { } seed && choice > 0 ? sampling with { Seed = unchecked(seed + choice) } : sampling;
}
