using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

internal static unsafe partial class LlamaNative
{
    [LibraryImport(Library)]
    internal static partial nuint llama_state_seq_get_size(LlamaContextHandle ctx, int seq_id);

    /// <summary>Returns the bytes written, 0 when it could not.</summary>
    [LibraryImport(Library)]
    internal static partial nuint llama_state_seq_get_data(LlamaContextHandle ctx, byte* dst, nuint size, int seq_id);

    /// <summary>Returns the bytes read, 0 when it could not.</summary>
    [LibraryImport(Library)]
    internal static partial nuint llama_state_seq_set_data(LlamaContextHandle ctx, byte* src, nuint size, int dest_seq_id);
}
