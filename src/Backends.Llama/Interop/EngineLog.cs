using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

/// <summary>
/// The engine's log: warnings and errors go to stderr, which the worker keeps, and the last errors of each thread are remembered,
/// so that a failed load can say why. An operation logs on the thread that called it.
/// </summary>
internal static unsafe class EngineLog
{
    private const int Warning = 3;
    private const int Error = 4;
    private const int Continuation = 5;

    // A failed load tells its reason within its last few lines.
    private const int Remembered = 8;

    private static readonly Lock Gate = new();
    [ThreadStatic]
    private static Queue<string>? _errors;

    private static int _level;
    private static Action<string>? _listener;

    internal static void Attach()
    {
        LlamaNative.llama_log_set(&OnLine, null);
        GgmlNative.ggml_log_set(&OnLine, null);
    }

    /// <summary>Forgets what was said before on this thread, at the start of an operation whose errors are wanted.</summary>
    internal static void Forget() => _errors?.Clear();

    /// <summary>Passes every line, of any level, to a listener until the result is disposed.</summary>
    internal static IDisposable ListenWith(Action<string> listener)
    {
        lock (Gate)
            _listener += listener;
        return new Listening(listener);
    }

    /// <summary>The errors of this thread since <see cref="Forget"/>.</summary>
    internal static string LastErrors() => _errors is null ? "" : string.Join("; ", _errors);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLine(int level, byte* text, void* user)
    {
        try
        {
            Take(level, Marshal.PtrToStringUTF8((nint)text) ?? "");
        }
        catch (IOException)
        {
            // Nobody reads stderr any more, and nothing may be thrown into native code.
            _level = Continuation;
        }
    }

    private static void Take(int level, string text)
    {
        lock (Gate)
        {
            _level = level == Continuation ? _level : level;
            string line = text.TrimEnd();
            _listener?.Invoke(line);
            if (_level is not (Warning or Error) || line.Length == 0)
                return;
            if (_level == Error)
                Remember(line);
            Console.Error.WriteLine(line);
        }
    }

    private static void Remember(string line)
    {
        _errors ??= new Queue<string>();
        _errors.Enqueue(line);
        if (_errors.Count > Remembered)
            _errors.Dequeue();
    }

    private sealed class Listening(Action<string> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (Gate)
                _listener -= listener;
        }
    }
}
