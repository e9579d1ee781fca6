using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Limits;

/// <summary>What one key uses on this instance now, against what it may use.</summary>
internal sealed class KeyUsage(KeyLimitsOptions limits, TimeProvider time)
{
    // A generation is some seconds; a caller that is told to come back later than that gives up.
    private const int SoonSeconds = 5;

    private int _waiting;
    private int _running;

    /// <summary>Its share of a model against other keys.</summary>
    public int Weight => limits.Weight;

    /// <summary>Its tokens; null when they are not limited.</summary>
    public TokenBudget? Tokens { get; } = limits.TokensPerMinute is { } perMinute ? new TokenBudget(perMinute, time) : null;

    /// <summary>Whether it waits for its own generations to end: another line's end may let it go on.</summary>
    public bool HasRunningLimit => limits.MaxRunning is not null;

    /// <summary>Lets so many further generations wait.</summary>
    /// <exception cref="ApiException">The key's own limit is reached: 429 with the time to wait.</exception>
    public void Enter(int jobs)
    {
        if (Tokens is { } tokens && tokens.Left <= 0)
        {
            var wait = (int)Math.Ceiling(tokens.Until(1).TotalSeconds);
            throw Refused($"This key has used up its {tokens.PerMinute} tokens a minute: try again in {wait} s.", wait);
        }

        if (Interlocked.Add(ref _waiting, jobs) > limits.MaxQueued)
        {
            Interlocked.Add(ref _waiting, -jobs);
            throw Refused($"This key may have {limits.MaxQueued} generations wait at once: try again when one of them has begun.", SoonSeconds);
        }
    }

    /// <summary>One that entered waits no more.</summary>
    public void Leave(int jobs) => Interlocked.Add(ref _waiting, -jobs);

    /// <summary>Lets one that waits run, if the key may have one more.</summary>
    public bool TryRun()
    {
        if (Interlocked.Increment(ref _running) <= (limits.MaxRunning ?? int.MaxValue))
        {
            return true;
        }

        Interlocked.Decrement(ref _running);
        return false;
    }

    /// <summary>One that ran has ended.</summary>
    public void End(int tokens)
    {
        Interlocked.Decrement(ref _running);
        Tokens?.Spend(tokens);
    }

    private static ApiException Refused(string message, int seconds) =>
        new(new ApiError(429, ApiErrorTypes.RateLimit, "rate_limit_exceeded", message, RetryAfterSeconds: seconds));
}
