using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

/// <summary>Brings the native engine up once: libraries, structure check, the ggml backends that fit this machine.</summary>
internal static class LlamaLibrary
{
    private static readonly Lazy<string> Started = new(Start, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The names of the ggml backends in use, for example "CPU".</summary>
    /// <exception cref="InvalidOperationException">The library is missing, does not fit or has no backend for this machine.</exception>
    internal static string EnsureStarted() => Started.Value;

    private static unsafe string Start()
    {
        NativeLayout.Check();
        string version = Marshal.PtrToStringUTF8((nint)LlamaNative.llama_version()) ?? "";
        if (!version.Contains(NativeLayout.ExpectedVersion, StringComparison.Ordinal))
            throw new InvalidOperationException($"the engine in llama/ is version '{version}', this binding was written for {NativeLayout.ExpectedVersion}");
        EngineLog.Attach();
        GgmlNative.ggml_backend_load_all_from_path(NativeLibraries.Folder);
        LlamaNative.llama_backend_init();
        return string.Join(", ", Backends());
    }

    // A backend that cannot be loaded is silent in ggml.
    private static List<string> Backends()
    {
        var names = new List<string>();
        for (nuint i = 0; i < GgmlNative.ggml_backend_reg_count(); i++)
            names.Add(BackendName(GgmlNative.ggml_backend_reg_get(i)));
        return names.Contains("CPU")
            ? names
            : throw new InvalidOperationException($"no CPU backend in '{NativeLibraries.Folder}' can be loaded on this machine (found: {string.Join(", ", names)})");
    }

    private static unsafe string BackendName(nint backend) => Marshal.PtrToStringUTF8((nint)GgmlNative.ggml_backend_reg_name(backend)) ?? "";
}
