using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

/// <summary>Finds the engine's libraries in the folder llama/ beside the executable, whichever variant (cpu, cuda, vulkan) it holds.</summary>
internal static class NativeLibraries
{
    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "llama");

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The resolver must be in place before the first import of this assembly")]
    internal static void Register() => NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) => name switch
    {
        LlamaNative.Library => Load("libllama.*so"),
        GgmlNative.Library => Load("libggml.*so"),
        GgmlNative.CoreLibrary => Load("libggml-base.so"),
        _ => 0,
    };

    // Its other libraries follow by the RUNPATH $ORIGIN that each carries.
    private static nint Load(string pattern)
    {
        string[] found = Directory.Exists(Folder) ? Directory.GetFiles(Folder, pattern) : [];
        return found.Length switch
        {
            1 => NativeLibrary.Load(found[0]),
            0 => throw new DllNotFoundException($"the engine is missing: no {pattern} in '{Folder}'; build src/Backends.Llama again, which restores it from npm"),
            _ => throw new DllNotFoundException($"'{Folder}' holds more than one engine ({string.Join(", ", found.Select(Path.GetFileName))}); delete the folder and build again"),
        };
    }
}
