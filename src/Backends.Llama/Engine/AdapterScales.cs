using LocalAI.Pipeline.Backends.Llama.Interop;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>The scales that a context evaluates with. For the engine thread only.</summary>
internal sealed unsafe class AdapterScales(LlamaContextHandle context, IReadOnlyList<nint> adapters)
{
    private LoraSet? _applied;

    /// <exception cref="EngineFailedException">llama.cpp refuses them.</exception>
    internal void Apply(LoraSet scales)
    {
        if (adapters.Count == 0 || scales.Equals(_applied))
            return;
        _applied = null;
        if (Set(context, adapters, scales.Scales) is var result and not 0)
            throw new EngineFailedException($"llama.cpp could not change the scales of the LoRA adapters (code {result})");
        _applied = scales;
    }

    /// <returns>0, or llama.cpp's code.</returns>
    internal static int Set(LlamaContextHandle context, IReadOnlyList<nint> adapters, ReadOnlySpan<float> scales)
    {
        nint[] all = [.. adapters];
        fixed (nint* first = all)
        fixed (float* scale = scales)
            return LlamaNative.llama_set_adapters_lora(context, first, (nuint)all.Length, scale);
    }
}
