using LocalAI.Pipeline.Bus.Deltas;

namespace LocalAI.Pipeline.Bus.Tests.Deltas;

public sealed class ConfirmWindowTests
{
    private readonly ConfirmWindow _window = new(TimeProvider.System);

    [Fact]
    public async Task Settle_OneOfSeveral_ConfirmsThatOneOnly()
    {
        var (first, second) = (_window.Add(out _), _window.Add(out var number));

        _window.Settle(number, multiple: false, refused: null);

        Assert.Equal(DeltaDelivery.Delivered, await second.Outcome);
        Assert.False(first.Outcome.IsCompleted);
    }

    [Fact]
    public async Task Settle_Multiple_ConfirmsAllUpToIt()
    {
        var frames = Enumerable.Range(0, 4).Select(_ => _window.Add(out var _)).ToList();
        _window.Settle(2, multiple: false, refused: null);

        _window.Settle(3, multiple: true, refused: null);

        await Task.WhenAll(frames.Take(3).Select(frame => frame.Outcome));
        Assert.False(frames[3].Outcome.IsCompleted);
    }

    [Fact]
    public async Task Settle_AReturnedFrame_HasNoReceiver()
    {
        var (returned, taken) = (_window.Add(out _), _window.Add(out _));
        _window.Return("1");
        _window.Return("99");
        _window.Return("nonsense");
        _window.Return(null);

        _window.Settle(2, multiple: true, refused: null);

        Assert.Equal(DeltaDelivery.NoReceiver, await returned.Outcome);
        Assert.Equal(DeltaDelivery.Delivered, await taken.Outcome);
    }

    [Fact]
    public async Task Settle_Refused_FailsWithTheReason()
    {
        var frame = _window.Add(out var number);

        _window.Settle(number, multiple: false, new BusUnavailableException("full"));

        Assert.Equal("full", (await Assert.ThrowsAsync<BusUnavailableException>(() => frame.Outcome)).Message);
    }

    [Fact]
    public async Task Lose_WithFramesUnderWay_FailsThemAndAllLaterOnes()
    {
        var frame = _window.Add(out _);

        _window.Lose(new BusUnavailableException("gone"));

        await Assert.ThrowsAsync<BusUnavailableException>(() => frame.Outcome);
        Assert.Throws<BusUnavailableException>(() => _window.Add(out _));
        Assert.True(_window.IsLost);
    }
}
