namespace LocalAI.Pipeline.Backends.Llama.Sampling;

/// <summary>llama.cpp's names of its samplers.</summary>
internal static class SamplerNames
{
    internal const string Penalties = "penalties";
    internal const string Dry = "dry";
    internal const string TopNSigma = "top_n_sigma";
    internal const string TopK = "top_k";
    internal const string Typical = "typ_p";
    internal const string TopP = "top_p";
    internal const string MinP = "min_p";
    internal const string Xtc = "xtc";
    internal const string Infill = "infill";
    internal const string Temperature = "temperature";

    /// <summary>Those that cut and shape the distribution, in llama.cpp's order; penalties and DRY come before them.</summary>
    internal static readonly string[] Distribution = [TopNSigma, TopK, Typical, TopP, MinP, Xtc, Temperature];

    internal static readonly string[] All = [Penalties, Dry, .. Distribution, Infill];
}
