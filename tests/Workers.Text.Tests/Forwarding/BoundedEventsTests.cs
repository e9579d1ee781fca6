using System.Text;
using LocalAI.Pipeline.Workers.Text.Forwarding;

namespace LocalAI.Pipeline.Workers.Text.Tests.Forwarding;

public sealed class BoundedEventsTests
{
    [Theory]
    [InlineData("data: 12\n\ndata: 34\n\n", true)]
    [InlineData("data: 12\r\n\r\ndata: 34\r\n\r\n", true)]
    [InlineData("data: 12\r\rdata: 34\r\r", true)]
    [InlineData("data: 12345\n\n", false)]
    [InlineData("data:1\ndata:2\n", false)]
    [InlineData("data:1\r\ndata:2\r\n", false)]
    public async Task ReadAsync_Events_AreMeasuredOneByOne(string text, bool fits)
    {
        // A byte at a time, so that no end of a line comes in one piece.
        await using var events = new BoundedEvents(new MemoryStream(Encoding.UTF8.GetBytes(text)), 10);
        var one = new byte[1];
        var read = new StringBuilder();
        var isTooLong = false;
        try
        {
            while (await events.ReadAsync(one, TestContext.Current.CancellationToken) > 0)
            {
                read.Append((char)one[0]);
            }
        }
        catch (InvalidDataException)
        {
            isTooLong = true;
        }

        Assert.Equal(!fits, isTooLong);
        Assert.StartsWith(read.ToString(), text, StringComparison.Ordinal);
    }
}
