using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

/// <summary>llama.h: struct llama_token_data, 12 bytes: one candidate.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct llama_token_data
{
    public int id;
    public float logit;
    public float p;
}
