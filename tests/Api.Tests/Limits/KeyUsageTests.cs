using LocalAI.Pipeline.Api.Access;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Limits;
using Microsoft.Extensions.Time.Testing;

namespace LocalAI.Pipeline.Api.Tests.Limits;

public sealed class KeyUsageTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Enter_TokensUsedUp_Is429WithTheTimeUntilSomeAreLeft()
    {
        var usage = new KeyUsage(new KeyLimitsOptions { TokensPerMinute = 60 }, _clock);
        Run(usage, 70);

        var error = Assert.Throws<ApiException>(() => usage.Enter(1)).Error;

        Assert.Equal((429, "rate_limit_exceeded", 11), (error.Status, error.Code, error.RetryAfterSeconds));
        _clock.Advance(TimeSpan.FromSeconds(11));
        usage.Enter(1);
    }

    [Fact]
    public void Left_LongPause_IsOneMinutesWorth()
    {
        var usage = new KeyUsage(new KeyLimitsOptions { TokensPerMinute = 60 }, _clock);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(60, usage.Tokens!.Left);
    }

    [Fact]
    public void Enter_TooManyWait_IsRefusedUntilOneLeaves()
    {
        var usage = new KeyUsage(new KeyLimitsOptions { MaxQueued = 2 }, _clock);
        usage.Enter(2);

        Assert.Equal(429, Assert.Throws<ApiException>(() => usage.Enter(1)).Error.Status);
        usage.Leave(1);
        usage.Enter(1);
    }

    [Fact]
    public void TryRun_AsManyAsMayRun_WaitsForAnEnd()
    {
        var usage = new KeyUsage(new KeyLimitsOptions { MaxRunning = 1 }, _clock);

        Assert.True(usage.TryRun());
        Assert.False(usage.TryRun());
        usage.End(0);
        Assert.True(usage.TryRun());
    }

    [Fact]
    public void Enter_NoLimits_NeverRefuses()
    {
        var usage = new KeyUsage(new KeyLimitsOptions(), _clock);

        usage.Enter(1_000_000);

        Assert.Null(usage.Tokens);
    }

    private static void Run(KeyUsage usage, int tokens)
    {
        usage.Enter(1);
        Assert.True(usage.TryRun());
        usage.Leave(1);
        usage.End(tokens);
    }
}
