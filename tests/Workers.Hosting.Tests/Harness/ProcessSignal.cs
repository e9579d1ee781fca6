using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Harness;

/// <summary>Signals to processes, by their numbers in signal(7), which are the same on x64 and arm64.</summary>
internal static partial class ProcessSignal
{
    public static void Kill(int processId) => Send(processId, 9);

    public static void Stop(int processId) => Send(processId, 19);

    private static void Send(int processId, int signal) => Assert.Equal(0, kill(processId, signal));

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
