using System.Diagnostics;
using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.Cost;

/// <summary>A program under measurement, with the probe in it and in its children; ended with the measurement.</summary>
internal sealed class StartedProgram : IAsyncDisposable
{
    /// <summary>How long it may take to stop by itself: backends are stopped by their host.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private StartedProgram(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a command: words separated by spaces, as nothing here needs quotes.</summary>
    public static StartedProgram Start(string command, string probeFolder)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_STARTUP_HOOKS"] = Path.Combine(AppContext.BaseDirectory, "LocalAI.Pipeline.Probe.dll"),
                ["LOCALAI_PIPELINE_PROBE"] = probeFolder,
            },
        };
        var process = Process.Start(start) ?? throw new BenchException($"{command} did not start");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new StartedProgram(process);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            using var patience = new CancellationTokenSource(StopTime);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }
}
