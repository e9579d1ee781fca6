using System.Diagnostics;
using System.Globalization;

namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>Sends a signal by its name, such as <c>STOP</c>.</summary>
internal static class Signals
{
    public static async Task SendAsync(int processId, string name, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{name}", processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }
}
