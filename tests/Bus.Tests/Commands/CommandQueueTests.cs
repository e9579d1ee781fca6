using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Bus.Tests.Harness;

namespace LocalAI.Pipeline.Bus.Tests.Commands;

/// <summary>What both transports do with commands.</summary>
public sealed class CommandQueueTests
{
    [Fact]
    public async Task Send_NoWorkerIsThereYet_TheCommandWaitsForOne()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        await using var api = await TestBus.StartAsync(settings);
        Assert.Null(await api.Queues.GetDepthAsync(TestWorker.Queue, default));

        await api.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("first"), default);
        Assert.Equal(new QueueDepth(1, 0), await api.Queues.GetDepthAsync(TestWorker.Queue, default));

        var worker = new TestWorker();
        await using var comesLater = await TestBus.StartAsync(settings, null, worker.Participant);
        var delivery = await worker.TakeAsync();
        Assert.Equal(("first", false), (delivery.Text, delivery.Redelivered));
        Assert.Equal(new QueueDepth(0, 1), await api.Queues.GetDepthAsync(TestWorker.Queue, default));
        delivery.Finish();
    }

    [Fact]
    public async Task Send_InMemoryToAQueueThatNobodyServes_IsSeenInItsDepth()
    {
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(BusTransport.Memory));
        Assert.Null(await bus.Queues.GetDepthAsync(TestWorker.Queue, default));

        await bus.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("first"), default);

        Assert.Equal(new QueueDepth(1, 0), await bus.Queues.GetDepthAsync(TestWorker.Queue, default));
    }

    [Fact]
    public async Task Send_TwoWorkers_NeitherHoardsWhatTheOtherCouldDo()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        var busy = new TestWorker();
        var free = new TestWorker();
        await using var first = await TestBus.StartAsync(settings, null, busy.Participant);
        await first.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("a"), default);
        var held = await busy.TakeAsync();
        await first.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("b"), default);
        await first.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("c"), default);
        Assert.Equal(new QueueDepth(2, 1), await first.Queues.GetDepthAsync(TestWorker.Queue, default));

        await using var second = await TestBus.StartAsync(settings, null, free.Participant);
        foreach (var expected in (string[])["b", "c"])
        {
            var delivery = await free.TakeAsync();
            Assert.Equal((expected, false), (delivery.Text, delivery.Redelivered));
            delivery.Finish();
        }

        held.Finish();
    }

    [Fact]
    public async Task Send_TheQueueWasDeleted_MakesItAgain()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        await using var api = await TestBus.StartAsync(settings);
        await api.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("lost with its queue"), default);
        await using var broker = await RawBroker.ConnectAsync(settings);
        await broker.DeleteQueueAsync(TestWorker.Queue);

        await api.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("next"), default);

        Assert.Equal(new QueueDepth(1, 0), await api.Queues.GetDepthAsync(TestWorker.Queue, default));
    }

    [Theory]
    [InlineData(BusTransport.Memory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task Send_MoreThanTheFreeSlots_TheRestStaysInTheQueue(BusTransport transport)
    {
        var worker = new TestWorker(concurrency: 2);
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(transport), null, worker.Participant);
        foreach (var text in (string[])["a", "b", "c"])
        {
            await bus.Sender.SendAsync(TestWorker.Queue, TestWorker.Command(text), default);
        }

        var first = await worker.TakeAsync();
        var second = await worker.TakeAsync();
        Assert.Equal(new QueueDepth(1, 1), await bus.Queues.GetDepthAsync(TestWorker.Queue, default));

        first.Finish();
        var third = await worker.TakeAsync();
        Assert.Equal(["a", "b", "c"], new[] { first.Text, second.Text, third.Text }.Order());
        second.Finish();
        third.Finish();
        bus.Logs.AssertNoErrors();
    }

    [Theory]
    [InlineData(BusTransport.Memory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task Publish_AnEvent_ReachesEveryInstanceQueue(BusTransport transport)
    {
        var heard = new TestWorker();
        var alsoHeard = new TestWorker();
        await using var bus = await TestBus.StartAsync(
            await Setting.ForAsync(transport),
            null,
            new BusParticipant(_ => { }, (_, endpoints) => endpoints.InstanceQueue("worker.one", heard.Configure)),
            new BusParticipant(_ => { }, (_, endpoints) => endpoints.InstanceQueue("worker.two", alsoHeard.Configure)));

        await bus.Sender.PublishAsync(TestWorker.Command("news"), default);

        Assert.Equal("news", (await heard.TakeAsync()).Text);
        Assert.Equal("news", (await alsoHeard.TakeAsync()).Text);
    }
}
