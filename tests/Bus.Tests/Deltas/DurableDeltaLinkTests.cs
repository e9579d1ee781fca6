using System.Threading.Channels;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Bus.Tests.Harness;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Bus.Tests.Deltas;

/// <summary>Frames of durable jobs, which belong to no instance.</summary>
public sealed class DurableDeltaLinkTests
{
    [Theory]
    [InlineData(BusTransport.Memory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task Send_AFrameOfADurableJob_ReachesOneInstance(BusTransport transport)
    {
        var sink = new KeepingSink();
        await using var bus = await TestBus.StartDurableAsync(await Setting.ForAsync(transport), sink);
        sink.Keep();
        Assert.Equal(DeltaDelivery.Delivered, await bus.Deltas.SendAsync(TestSink.Frame(QueueNames.DurableInstance, 3), default));
        Assert.Equal(3, await sink.TakeAsync());
        bus.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Frame_NotKeptByAnInstanceThatDied_ComesToAnother()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        await using var worker = await TestBus.StartAsync(settings);
        var neverKeeps = new KeepingSink();
        await using (var first = await TestBus.StartDurableAsync(settings, neverKeeps))
        {
            await worker.Deltas.SendAsync(TestSink.Frame(QueueNames.DurableInstance, 1), default);
            Assert.Equal(1, await neverKeeps.TakeAsync());
        }

        // Nobody is there: the queue takes it all the same.
        Assert.Equal(DeltaDelivery.Delivered, await worker.Deltas.SendAsync(TestSink.Frame(QueueNames.DurableInstance, 2), default));
        var sink = new KeepingSink();
        await using (var second = await TestBus.StartDurableAsync(settings, sink))
        {
            sink.Keep();
            Assert.Equal([1, 2], new[] { await sink.TakeAsync(), await sink.TakeAsync() }.Order());

            // What was acknowledged does not come again.
            await worker.Deltas.SendAsync(TestSink.Frame(QueueNames.DurableInstance, 3), default);
            Assert.Equal(3, await sink.TakeAsync());
        }
    }

    private sealed class KeepingSink : IDurableDeltaSink
    {
        private readonly Channel<long> _frames = Channel.CreateUnbounded<long>();
        private readonly TaskCompletionSource _kept = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Keep() => _kept.TrySetResult();

        public Task<long> TakeAsync() => _frames.Reader.ReadAsync(TestTimeout.Token).AsTask().OrTimeout("a frame");

        public async Task AcceptAsync(DeltaFrame frame, CancellationToken cancellationToken)
        {
            _frames.Writer.TryWrite(frame.Entries[0].Delta.Sequence);
            await _kept.Task.WaitAsync(cancellationToken);
        }
    }
}
