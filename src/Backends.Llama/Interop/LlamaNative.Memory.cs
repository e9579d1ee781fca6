using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

internal static partial class LlamaNative
{
    [LibraryImport(Library)]
    internal static partial nint llama_get_memory(LlamaContextHandle ctx);

    [LibraryImport(Library)]
    internal static partial void llama_memory_clear(nint mem, byte data);

    /// <summary>Removes the positions [p0, p1) of a sequence; 0 when this memory cannot be cut there (recurrent models).</summary>
    [LibraryImport(Library)]
    internal static partial byte llama_memory_seq_rm(nint mem, int seq_id, int p0, int p1);

    [LibraryImport(Library)]
    internal static partial int llama_memory_seq_pos_min(nint mem, int seq_id);

    /// <summary>Moves the positions [p0, p1) of a sequence; only where <see cref="llama_memory_can_shift"/>.</summary>
    [LibraryImport(Library)]
    internal static partial void llama_memory_seq_add(nint mem, int seq_id, int p0, int p1, int delta);

    [LibraryImport(Library)]
    internal static partial byte llama_memory_can_shift(nint mem);
}
