namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>
/// Ends a process that hangs while calls run: one that is silent and greets no new connection (stopped, frozen, out of threads
/// altogether), or one of whose calls brings nothing for longer than anything takes.
/// </summary>
internal sealed class HangWatch(BackendProcess process, BackendOptions options, TimeProvider time, Func<string, ValueTask> kill) : IAsyncDisposable
{
    // A few looks in each time-out; each is a glance at the running calls.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _ended = new();
    private long? _greetedAt;
    private Task _run = Task.CompletedTask;

    public void Start() => _run = RunAsync(_ended.Token);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _run;
        _ended.Dispose();
    }

    private async Task RunAsync(CancellationToken ended)
    {
        await Task.Yield();
        var interval = options.SilenceTimeout / 4;
        using var timer = new PeriodicTimer(interval < LongestInterval ? interval : LongestInterval, time);
        try
        {
            while (!process.HasExited && await timer.WaitForNextTickAsync(ended))
            {
                if (await FindReasonAsync(ended) is { } reason)
                {
                    await kill(reason);
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The process is not needed any more.
        }
    }

    private async Task<string?> FindReasonAsync(CancellationToken ended)
    {
        var silence = process.Client.Silence;
        if (silence.Longest >= options.StallTimeout)
        {
            return $"one of its {silence.Calls} calls brought nothing for {silence.Longest.TotalSeconds:0} s ({BackendOptions.SectionName}:{nameof(BackendOptions.StallTimeout)})";
        }

        if (silence.Shortest < options.SilenceTimeout || (_greetedAt is { } at && time.GetElapsedTime(at) < options.SilenceTimeout))
        {
            return null;
        }

        if (await process.Client.GreetsAsync(options.GreetingTimeout, ended))
        {
            _greetedAt = time.GetTimestamp();
            return null;
        }

        return $"its calls brought nothing for {silence.Shortest.TotalSeconds:0} s, and it greets no new connection";
    }
}
