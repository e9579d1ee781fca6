using LocalAI.Pipeline.Workers.Hosting.Processes;
using Microsoft.Extensions.Time.Testing;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Processes;

public sealed class CrashHistoryTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly BackendOptions _options = new() { CrashLimit = 3, CrashWindow = TimeSpan.FromSeconds(60), CoolDown = TimeSpan.FromSeconds(60), RestartDelay = TimeSpan.FromSeconds(1) };

    [Fact]
    public void NextDelay_AfterTheFirstDeath_IsNothing()
    {
        var history = new CrashHistory(_options, _time);
        history.Add("one");

        Assert.Equal(TimeSpan.Zero, history.NextDelay());
    }

    [Fact]
    public void NextDelay_AfterFurtherDeaths_Grows()
    {
        var history = new CrashHistory(_options, _time);
        history.Add("one");
        history.Add("two");

        Assert.Equal(TimeSpan.FromSeconds(1), history.NextDelay());
    }

    [Fact]
    public void NextDelay_AtTheLimit_IsNoneUntilTheCoolDownIsOver()
    {
        var history = new CrashHistory(_options, _time);
        history.Add("one");
        history.Add("two");
        history.Add("the last one");

        Assert.Null(history.NextDelay());
        Assert.Contains("the last one", history.Describe(), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(history.NextDelay());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, history.NextDelay());
    }

    [Fact]
    public void NextDelay_DeathsFarApart_NeverReachTheLimit()
    {
        var history = new CrashHistory(_options, _time);
        for (var i = 0; i < 10; i++)
        {
            history.Add("rare");
            _time.Advance(TimeSpan.FromSeconds(61));
            Assert.Equal(TimeSpan.Zero, history.NextDelay());
        }
    }
}
