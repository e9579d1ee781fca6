using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>A process whose output lines a test reads, and that it can signal. It is killed at the end of the test.</summary>
internal sealed partial class ChildProgram : IAsyncDisposable
{
    public const string Serve = "serve";
    public const string StartAndLinger = "start-and-linger";
    public const string StarterEnded = "the thread that started the backend has ended";

    // signal(7), the same on x64 and arm64.
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task<string> _errors;

    private ChildProgram(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _ = ForwardAsync();
    }

    /// <summary>This program in another role.</summary>
    public static ChildProgram StartSelf(params string[] args) => Start("dotnet", [typeof(ChildProgram).Assembly.Location, .. args]);

    public static ChildProgram Start(string program, params string[] args) =>
        new(Process.Start(new ProcessStartInfo(program, args) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!);

    /// <summary>A backend that listens.</summary>
    public static async Task<ChildProgram> ServeAsync(BackendAddress address, params string[] args)
    {
        var child = StartSelf([Serve, "--addr", address.ToString(), .. args]);
        Assert.Equal($"Listening on {address}", await child.ReadLineAsync());
        return child;
    }

    /// <summary>Starts a backend from a thread that then ends, and stays, so that only the thread is gone.</summary>
    public static async Task<int> StartAndLingerAsync(string[] args)
    {
        var starter = new Thread(() => Process.Start("dotnet",
            [typeof(ChildProgram).Assembly.Location, Serve, .. args, "--parent", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]));
        starter.Start();
        starter.Join();
        await Console.Out.WriteLineAsync(StarterEnded);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public int Id => _process.Id;

    public void Signal(int signal) => Assert.Equal(0, kill(_process.Id, signal));

    public Task SendLineAsync(string line) => _process.StandardInput.WriteLineAsync(line).OrTimeout("the process to read its input");

    /// <summary>The next line of standard output.</summary>
    public async Task<string> ReadLineAsync() =>
        await _lines.Reader.WaitToReadAsync(TestTimeout.Token) && _lines.Reader.TryRead(out var line)
            ? line
            : throw new InvalidOperationException($"The process ended: {await _errors}");

    /// <summary>Waits for the end of standard output: of the process, and of those that inherited it.</summary>
    public Task EndOfOutputAsync() => _lines.Reader.Completion.OrTimeout("the end of the output");

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestTimeout.Token);
        return _process.ExitCode;
    }

    public Task<string> ErrorsAsync() => _errors.OrTimeout("the end of the process");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(TestTimeout.Token);
        _process.Dispose();
    }

    private async Task ForwardAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
