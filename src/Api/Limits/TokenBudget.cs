namespace LocalAI.Pipeline.Api.Limits;

/// <summary>
/// Tokens of one key: a bucket that fills evenly and holds one minute's worth. What a generation takes is known when it
/// ends, so the bucket may go below nothing, and the key then waits until it is filled again.
/// </summary>
internal sealed class TokenBudget(int perMinute, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _left = perMinute;
    private long _filledAt = time.GetTimestamp();

    public int PerMinute => perMinute;

    /// <summary>Tokens that are left now; negative while the key is in debt.</summary>
    public double Left
    {
        get
        {
            lock (_gate)
            {
                var now = time.GetTimestamp();
                _left = Math.Min(perMinute, _left + (time.GetElapsedTime(_filledAt, now).TotalMinutes * perMinute));
                _filledAt = now;
                return _left;
            }
        }
    }

    public void Spend(int tokens)
    {
        lock (_gate)
        {
            _left -= tokens;
        }
    }

    /// <summary>How long it takes until so many tokens are left.</summary>
    public TimeSpan Until(double tokens) => TimeSpan.FromMinutes(Math.Max(0, tokens - Left) / perMinute);
}
