using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Protocol.Hosting;

/// <summary>
/// Notices the death of the process that started this one. Linux sends a signal at once; a look every second finds what the
/// signal misses (a parent that is not the direct one, a shell that ignores SIGHUP) and is all that other systems have.
/// </summary>
internal sealed partial class ParentProcess : IDisposable
{
    private const int SetParentDeathSignal = 1;
    private const int Hangup = 1;
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly int _pid;
    private readonly bool _isDirect;
    private readonly DateTime? _started;
    private readonly Action _died;
    private readonly PosixSignalRegistration? _signal;
    private readonly Timer _looking;

    /// <param name="pid">The process to watch.</param>
    /// <param name="died">Called at least once when it is gone, also when it is gone already.</param>
    public ParentProcess(int pid, Action died)
    {
        _pid = pid;
        _died = died;
        _isDirect = !OperatingSystem.IsWindows() && getppid() == pid;
        _started = StartTime(pid);
        if (OperatingSystem.IsLinux())
        {
            // The kernel means the thread that started this process. A pool thread may end long before its process does: the
            // signal is a reason to look, not to end, and it comes again when the next thread that inherits this one ends.
            _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                Look();
            });
            _ = prctl(SetParentDeathSignal, Hangup, 0, 0, 0);
        }

        // The first look is for a parent that died before the signal was asked for.
        _looking = new Timer(_ => Look(), null, TimeSpan.Zero, LookInterval);
    }

    public void Dispose()
    {
        _looking.Dispose();
        _signal?.Dispose();
    }

    private void Look()
    {
        if (!(_isDirect ? getppid() == _pid : _started is not null && StartTime(_pid) == _started))
        {
            _died();
        }
    }

    /// <summary>When the process started, which tells it from a later one of the same number; null when there is none.</summary>
    private static DateTime? StartTime(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return IsZombie(pid) ? null : process.StartTime;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended, before or while it was looked at.
            return null;
        }
    }

    /// <summary>A dead process that nobody has waited for yet: the state after the name in /proc/PID/stat (proc(5)).</summary>
    private static bool IsZombie(int pid)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..] is ['Z' or 'X', ..];
        }
        catch (IOException)
        {
            return true;
        }
    }

    [LibraryImport("libc")]
    private static partial int prctl(int option, nuint argument, nuint unused3, nuint unused4, nuint unused5);

    [LibraryImport("libc")]
    private static partial int getppid();
}
