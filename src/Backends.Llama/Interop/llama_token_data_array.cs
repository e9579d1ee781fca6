using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

/// <summary>llama.h: struct llama_token_data_array, 32 bytes. Samplers may move <see cref="data"/> and shrink <see cref="size"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct llama_token_data_array
{
    public llama_token_data* data;
    public nuint size;
    public long selected;
    public byte sorted;
}
