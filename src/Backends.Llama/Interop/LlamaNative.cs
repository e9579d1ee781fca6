using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

/// <summary>llama.h of llama.cpp v0.5.0, as npm's @node-llama-cpp 3.22.1 builds it. Names are the header's.</summary>
internal static unsafe partial class LlamaNative
{
    internal const string Library = "llama";

    [LibraryImport(Library)]
    internal static partial byte* llama_version();

    [LibraryImport(Library)]
    internal static partial void llama_backend_init();

    [LibraryImport(Library)]
    internal static partial void llama_log_set(delegate* unmanaged[Cdecl]<int, byte*, void*, void> log_callback, void* user_data);

    [LibraryImport(Library)]
    internal static partial nuint llama_max_devices();

    [LibraryImport(Library)]
    internal static partial nuint llama_max_parallel_sequences();

    [LibraryImport(Library)]
    internal static partial byte llama_supports_gpu_offload();
}
