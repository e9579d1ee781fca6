namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>When a model's process died, and whether it may be started again now.</summary>
internal sealed class CrashHistory(BackendOptions options, TimeProvider time)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly Queue<DateTimeOffset> _deaths = new();

    public string LastReason { get; private set; } = "";

    public void Add(string reason)
    {
        LastReason = reason;
        _deaths.Enqueue(time.GetUtcNow());
        Forget();
    }

    /// <summary>The delay before the next start; null while the model is left alone.</summary>
    public TimeSpan? NextDelay()
    {
        Forget();
        if (_deaths.Count >= options.CrashLimit)
        {
            return null;
        }

        return _deaths.Count < 2 ? TimeSpan.Zero : Min(options.RestartDelay * Math.Pow(2, _deaths.Count - 2), LongestDelay);
    }

    public string Describe() =>
        $"it died {_deaths.Count} times within {options.CrashWindow.TotalSeconds:0} s and is left alone for {options.CoolDown.TotalSeconds:0} s; the last time: {LastReason}";

    // A run of deaths counts from its last one: as long as the limit is reached, only the cool-down ends it.
    private void Forget()
    {
        var now = time.GetUtcNow();
        if (_deaths.Count >= options.CrashLimit)
        {
            if (now - _deaths.Last() >= options.CoolDown)
            {
                _deaths.Clear();
            }

            return;
        }

        while (_deaths.TryPeek(out var oldest) && now - oldest >= options.CrashWindow)
        {
            _deaths.Dequeue();
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
