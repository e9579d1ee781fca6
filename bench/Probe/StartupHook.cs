using System.Diagnostics.CodeAnalysis;

/// <summary>
/// The runtime calls this in every process that the benchmark starts (DOTNET_STARTUP_HOOKS), children included, before its
/// Main. The name and the missing namespace are the runtime's.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for it without one.")]
internal static class StartupHook
{
    /// <summary>Opens the process's probe.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("LOCALAI_PIPELINE_PROBE") is { Length: > 0 } folder)
        {
            _ = LocalAI.Pipeline.Probe.AllocationProbe.ServeAsync(Path.Combine(folder, $"{Environment.ProcessId}.sock"));
        }
    }
}
