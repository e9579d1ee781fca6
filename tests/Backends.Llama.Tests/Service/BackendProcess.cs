using System.Diagnostics;
using System.Globalization;
using LocalAI.Pipeline.Backends.Protocol;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Service;

/// <summary>The backend as a worker starts it: a process of its own on a Unix socket.</summary>
internal sealed class BackendProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _socket;

    private BackendProcess(Process process, string socket)
    {
        _process = process;
        _socket = socket;
        Client = new BackendClient(BackendAddress.ForSocket(socket), BackendClientOptions.OwnBackend);
    }

    internal BackendClient Client { get; }

    internal bool HasExited => _process.HasExited;

    internal static async Task<BackendProcess> StartAsync()
    {
        string socket = Path.Combine(Path.GetTempPath(), $"llama-{Guid.NewGuid():n}.sock");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "LocalAI.Pipeline.Backends.Llama.dll"));
        start.ArgumentList.Add("--addr");
        start.ArgumentList.Add($"unix:{socket}");
        start.ArgumentList.Add("--parent");
        start.ArgumentList.Add(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string? line = await process.StandardOutput.ReadLineAsync(TestTimeout.Token);
        Assert.StartsWith("Listening on", line, StringComparison.Ordinal);
        return new BackendProcess(process, socket);
    }

    /// <summary>Ends it as a worker does, and returns its exit code.</summary>
    internal async Task<int> TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestTimeout.Token);
        await _process.WaitForExitAsync(TestTimeout.Token);
        return _process.ExitCode;
    }

    internal void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
        File.Delete(_socket);
    }
}
