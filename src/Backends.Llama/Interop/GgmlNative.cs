using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

/// <summary>The few functions of ggml that llama.h does not cover: which backends there are, threads, the log.</summary>
internal static unsafe partial class GgmlNative
{
    internal const string Library = "ggml";
    internal const string CoreLibrary = "ggml-base";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ggml_backend_load_all_from_path(string dir_path);

    [LibraryImport(Library)]
    internal static partial nuint ggml_backend_reg_count();

    [LibraryImport(Library)]
    internal static partial nint ggml_backend_reg_get(nuint index);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ggml_backend_reg_by_name(string name);

    [LibraryImport(CoreLibrary)]
    internal static partial byte* ggml_backend_reg_name(nint reg);

    [LibraryImport(CoreLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ggml_backend_reg_get_proc_address(nint reg, string name);

    [LibraryImport(CoreLibrary)]
    internal static partial ggml_threadpool_params ggml_threadpool_params_default(int n_threads);

    [LibraryImport(CoreLibrary)]
    internal static partial void ggml_log_set(delegate* unmanaged[Cdecl]<int, byte*, void*, void> log_callback, void* user_data);

    /// <summary>Elements of one block; 0 for a type that ggml has dropped. Only for types below <see cref="TypeCount"/>.</summary>
    [LibraryImport(CoreLibrary)]
    internal static partial long ggml_blck_size(int type);

    /// <summary>Bytes of one block.</summary>
    [LibraryImport(CoreLibrary)]
    internal static partial nuint ggml_type_size(int type);

    /// <summary>GGML_TYPE_COUNT.</summary>
    internal const int TypeCount = 43;
}
