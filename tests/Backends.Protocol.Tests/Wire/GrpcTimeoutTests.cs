using LocalAI.Pipeline.Backends.Protocol.Wire;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Wire;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData("1u", 10L)]
    [InlineData("250m", 2_500_000L)]
    [InlineData("5S", 50_000_000L)]
    [InlineData("2M", 1_200_000_000L)]
    [InlineData("1H", 36_000_000_000L)]
    [InlineData("150n", 2L)]
    [InlineData("99999999H", 3_599_999_964_000_000_000L)]
    [InlineData("0m", 0L)]
    public void TryParse_EveryUnit_GivesItsTime(string text, long ticks)
    {
        Assert.True(GrpcTimeout.TryParse(text, out var timeout));
        Assert.Equal(ticks, timeout.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("5")]
    [InlineData("5s")]
    [InlineData("-5S")]
    [InlineData("5.0S")]
    [InlineData("123456789S")]
    [InlineData("abcS")]
    public void TryParse_NoTimeout_IsRefused(string text) => Assert.False(GrpcTimeout.TryParse(text, out _));

    [Theory]
    [InlineData(1L, "1u")]
    [InlineData(10_000L, "1000u")]
    [InlineData(999_999_990L, "99999999u")]
    [InlineData(1_000_000_000L, "100000m")]
    [InlineData(1_000_000_001L, "100001m")]
    [InlineData(long.MaxValue, "99999999H")]
    public void Format_AnyTime_FitsEightDigitsAndIsNotShortened(long ticks, string text) => Assert.Equal(text, GrpcTimeout.Format(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void Format_ThenParsed_IsNeverShorterAndHardlyLonger()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var ticks = random.NextInt64(1, 1L << random.Next(4, 58));
            Assert.True(GrpcTimeout.TryParse(GrpcTimeout.Format(TimeSpan.FromTicks(ticks)), out var read));
            Assert.InRange(read.Ticks, ticks, ticks + Math.Max(10, ticks / 1000));
        }
    }
}
