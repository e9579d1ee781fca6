using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

/// <summary>Owns a llama_context; keeps its model and its thread pool alive.</summary>
internal sealed class LlamaContextHandle : SafeHandle
{
    private readonly LlamaModelHandle _model;
    private readonly ThreadPoolHandle _threads;

    internal LlamaContextHandle(nint context, LlamaModelHandle model, ThreadPoolHandle threads)
        : base(0, ownsHandle: true)
    {
        _model = model;
        _threads = threads;
        bool held = false;
        model.DangerousAddRef(ref held);
        threads.DangerousAddRef(ref held);
        SetHandle(context);
        LlamaNative.llama_attach_threadpool(this, threads.DangerousGetHandle(), threads.DangerousGetHandle());
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LlamaNative.llama_free(handle);
        _threads.DangerousRelease();
        _model.DangerousRelease();
        return true;
    }
}
