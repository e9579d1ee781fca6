using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Bus.Tests.Harness;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.RabbitMq;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Bus.Tests.Deltas;

/// <summary>Frames from a worker to an API instance.</summary>
public sealed class DeltaLinkTests
{
    [Theory]
    [InlineData(BusTransport.Memory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task Send_ManyFramesOfOneCaller_ArriveInOrder(BusTransport transport)
    {
        const int frames = 2000;
        var sink = new TestSink();
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(transport), sink);

        for (var i = 0; i < frames; i++)
        {
            Assert.Equal(DeltaDelivery.Delivered, await bus.Deltas.SendAsync(TestSink.Frame(bus.Id, i), default));
        }

        Assert.Equal(Enumerable.Range(0, frames).Select(i => (long)i), await sink.TakeSequencesAsync(frames));
        bus.Logs.AssertNoErrors();
    }

    [Theory]
    [InlineData(BusTransport.Memory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task Send_AFullFrame_ArrivesAsItWas(BusTransport transport)
    {
        var sink = new TestSink();
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(transport), sink);
        var frame = TestSink.Frame(bus.Id, 7, new string('ß', 300_000)) with { Alive = [Guid.NewGuid()] };

        await bus.Deltas.SendAsync(frame, default);

        Assert.Equivalent(frame, await sink.TakeAsync(), strict: true);
    }

    [Fact]
    public async Task Send_FromManyCallersAtOnce_EachOnesFramesKeepTheirOrder()
    {
        const int callers = 8;
        const int each = 200;
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        var sink = new TestSink();
        await using var api = await TestBus.StartAsync(settings, sink);
        await using var worker = await TestBus.StartAsync(settings);

        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            for (var i = 0; i < each; i++)
            {
                await worker.Deltas.SendAsync(TestSink.Frame(api.Id, (caller * each) + i), default);
            }
        }));

        var sequences = await sink.TakeSequencesAsync(callers * each);
        foreach (var ofOneCaller in sequences.GroupBy(sequence => sequence / each))
        {
            Assert.Equal(ofOneCaller.Order(), ofOneCaller);
            Assert.Equal(each, ofOneCaller.Count());
        }
    }

    [Theory]
    [InlineData(BusTransport.Memory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task Send_NobodyReceives_TellsSo(BusTransport transport)
    {
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(transport));

        Assert.Equal(DeltaDelivery.NoReceiver, await bus.Deltas.SendAsync(TestSink.Frame("api-gone", 0), default));
    }

    [Fact]
    public async Task Send_TheApiInstanceHasLeft_TellsSo()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        await using var worker = await TestBus.StartAsync(settings);
        string id;
        await using (var api = await TestBus.StartAsync(settings, new TestSink()))
        {
            id = api.Id;
            Assert.Equal(DeltaDelivery.Delivered, await worker.Deltas.SendAsync(TestSink.Frame(id, 0), default));
        }

        Assert.Equal(DeltaDelivery.NoReceiver, await worker.Deltas.SendAsync(TestSink.Frame(id, 1), default));
    }

    [Fact]
    public async Task Send_AFrameOverTheLimit_IsRefusedAndTheNextGoesThrough()
    {
        var sink = new TestSink();
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(BusTransport.RabbitMq), sink);

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await bus.Deltas.SendAsync(TestSink.Frame(bus.Id, 0, new string('a', DeltaFrameCodec.MaximumBytes)), default));

        Assert.Equal(DeltaDelivery.Delivered, await bus.Deltas.SendAsync(TestSink.Frame(bus.Id, 1), default));
        Assert.Equal([1], await sink.TakeSequencesAsync(1));
    }

    [Fact]
    public async Task Receive_BytesThatAreNoFrame_WarnsOnceAndGoesOn()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        var sink = new TestSink();
        await using var bus = await TestBus.StartAsync(settings, sink);
        await using var broker = await RawBroker.ConnectAsync(settings);
        foreach (var hostile in (byte[][])[[], [0xff], [1, 0xff, 0xff, 0xff, 0xff, 0x7f], new byte[100_000]])
        {
            await broker.PublishAsync(QueueNames.Deltas(bus.Id), hostile);
        }

        await bus.Deltas.SendAsync(TestSink.Frame(bus.Id, 5), default);

        Assert.Equal([5], await sink.TakeSequencesAsync(1));
        Assert.Single(bus.Logs.Entries, entry => entry.Level == LogLevel.Warning);
        bus.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Receive_TheLineIsCut_ReadinessTellsItAndTheLinkComesBack()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        await using var line = new TcpProxy((await RabbitMqServer.SharedAsync()).Port);
        var sink = new TestSink();
        await using var api = await TestBus.StartAsync(settings.Through(line.Port), sink);
        await using var worker = await TestBus.StartAsync(settings);
        Assert.Equal(new BusReadiness(true, null), api.Health.Check());

        line.Cut();
        await api.Logs.WaitForAsync(entry => entry.Id.Id == 4101);
        var readiness = api.Health.Check();
        Assert.False(readiness.IsReady);
        Assert.Contains("deltas", readiness.Reason, StringComparison.Ordinal);
        Assert.Equal(DeltaDelivery.NoReceiver, await worker.Deltas.SendAsync(TestSink.Frame(api.Id, 0), default));

        line.Mend();
        await sink.RestoredAsync();
        Assert.Equal(DeltaDelivery.Delivered, await worker.Deltas.SendAsync(TestSink.Frame(api.Id, 1), default));
        Assert.Equal([1], await sink.TakeSequencesAsync(1));
    }

    [Fact]
    public async Task Send_TheLineIsCut_FailsWithAReasonAndWorksAgainAfterwards()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        await using var line = new TcpProxy((await RabbitMqServer.SharedAsync()).Port);
        var sink = new TestSink();
        await using var api = await TestBus.StartAsync(settings, sink);
        await using var worker = await TestBus.StartAsync(settings.Through(line.Port).With("Bus:SendTimeout", "00:00:01"));
        await worker.Deltas.SendAsync(TestSink.Frame(api.Id, 0), default);

        line.Cut();
        var failure = await Assert.ThrowsAsync<BusUnavailableException>(async () =>
        {
            // The first may still find the channel open.
            await worker.Deltas.SendAsync(TestSink.Frame(api.Id, 1), default);
            await worker.Deltas.SendAsync(TestSink.Frame(api.Id, 1), default);
        });
        Assert.Contains("RabbitMQ", failure.Message, StringComparison.Ordinal);

        line.Mend();
        Assert.Equal(DeltaDelivery.Delivered, await worker.Deltas.SendAsync(TestSink.Frame(api.Id, 2), default));
        var sequences = await sink.TakeSequencesAsync(2);
        Assert.Equal([0, 2], sequences);
    }
}
