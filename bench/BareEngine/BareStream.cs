using System.Diagnostics;
using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.BareEngine;

/// <summary>One answer on its way.</summary>
internal sealed class BareStream(int[] prompt, int wanted)
{
    private readonly TaskCompletionSource<StreamTimes> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly List<long> _arrivals = new(wanted);

    public Task<StreamTimes> Done => _done.Task;

    /// <summary>Tokens that were evaluated.</summary>
    public int Position { get; set; }

    /// <summary>The token chosen last; null within the prompt.</summary>
    public int? Next { get; private set; }

    /// <summary>Where its logits are in the current batch, or -1.</summary>
    public int Output { get; set; } = -1;

    public bool IsDone => _arrivals.Count == wanted;

    public ReadOnlySpan<int> PromptLeft => Next is null ? prompt.AsSpan(Position) : [];

    public void Take(int token)
    {
        Next = token;
        _arrivals.Add(Stopwatch.GetTimestamp());
        if (IsDone)
        {
            _done.SetResult(new StreamTimes(_started, _arrivals, prompt.Length, wanted));
        }
    }

    public void Fail(string reason) => _done.TrySetException(new BenchException(reason));
}
