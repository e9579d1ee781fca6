using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

/// <summary>Owns a llama_sampler that stands alone or is a chain; keeps the model, whose vocabulary samplers borrow, alive.</summary>
internal sealed class LlamaSamplerHandle : SafeHandle
{
    private readonly LlamaModelHandle _model;

    internal LlamaSamplerHandle(nint sampler, LlamaModelHandle model)
        : base(0, ownsHandle: true)
    {
        _model = model;
        bool held = false;
        model.DangerousAddRef(ref held);
        SetHandle(sampler);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LlamaNative.llama_sampler_free(handle);
        _model.DangerousRelease();
        return true;
    }
}
