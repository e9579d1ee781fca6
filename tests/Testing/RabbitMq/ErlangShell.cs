using System.Collections.Concurrent;
using System.Globalization;

namespace LocalAI.Pipeline.Testing.RabbitMq;

/// <summary>
/// Talks to the Erlang shell on a broker's standard input and output: a call takes a millisecond where rabbitmqctl takes
/// a second. Calls are numbered, since the broker writes to the same output.
/// </summary>
internal sealed class ErlangShell(TextWriter input)
{
    private const string Mark = "@@";

    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _calls = new();
    private readonly Lock _writing = new();
    private int _last;

    /// <summary>Evaluates one expression without a line break; returns its value as the shell prints it.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        var number = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[number] = answer;
        lock (_writing)
        {
            input.WriteLine(string.Create(CultureInfo.InvariantCulture, $"io:format(\"~n{Mark}~b ~0p~n\", [{number}, catch ({expression})])."));
            input.Flush();
        }

        return await answer.Task.OrTimeout($"the broker to evaluate {expression}");
    }

    /// <summary>Takes a line of the broker's output.</summary>
    public void Read(string line)
    {
        if (!line.StartsWith(Mark, StringComparison.Ordinal) || line.Split(' ', 2) is not [var number, var value])
        {
            return;
        }

        if (int.TryParse(number.AsSpan(Mark.Length), CultureInfo.InvariantCulture, out var call) && _calls.TryRemove(call, out var answer))
        {
            answer.TrySetResult(value);
        }
    }
}
