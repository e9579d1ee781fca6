using LocalAI.Pipeline.Bus.Tests.Harness;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.RabbitMq;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Bus.Tests.Commands;

/// <summary>A command whose outcome was not handed on is delivered again.</summary>
public sealed class RedeliveryTests
{
    [Fact]
    public async Task Command_ItsWorkerIsCutOff_GoesToAnotherAsRedelivered()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        await using var line = new TcpProxy((await RabbitMqServer.SharedAsync()).Port);
        var dying = new TestWorker();
        var heir = new TestWorker();
        await using var first = await TestBus.StartAsync(settings.Through(line.Port), null, dying.Participant);
        await first.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("a"), default);
        Assert.False((await dying.TakeAsync()).Redelivered);
        await using var second = await TestBus.StartAsync(settings, null, heir.Participant);

        line.Cut();

        var delivery = await heir.TakeAsync();
        Assert.Equal(("a", true), (delivery.Text, delivery.Redelivered));
        delivery.Finish();
    }

    [Fact]
    public async Task Command_ItsWorkerStops_GoesToAnotherAsRedelivered()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        var leaving = new TestWorker();
        var heir = new TestWorker();
        var first = await TestBus.StartAsync(settings.With("Bus:DrainTimeout", "00:00:00.1"), null, leaving.Participant);
        await using (first)
        {
            await first.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("a"), default);
            await leaving.TakeAsync();
        }

        first.Logs.AssertNoErrors();
        await using var second = await TestBus.StartAsync(settings, null, heir.Participant);
        var delivery = await heir.TakeAsync();
        Assert.Equal(("a", true), (delivery.Text, delivery.Redelivered));
        delivery.Finish();
    }

    [Fact]
    public async Task Command_ItsConsumerThrows_ComesBackAsRedelivered()
    {
        var worker = new TestWorker();
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(BusTransport.RabbitMq), null, worker.Participant);
        await bus.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("a"), default);

        (await worker.TakeAsync()).Throw("a defect");

        var again = await worker.TakeAsync();
        Assert.Equal(("a", true), (again.Text, again.Redelivered));
        again.Finish();
    }

    [Fact]
    public async Task Command_InMemoryItsConsumerThrows_IsLoggedAndTheNextIsTaken()
    {
        var worker = new TestWorker();
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(BusTransport.Memory), null, worker.Participant);
        await bus.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("a"), default);
        await bus.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("b"), default);

        (await worker.TakeAsync()).Throw("a defect");

        var next = await worker.TakeAsync();
        Assert.Equal("b", next.Text);
        next.Finish();
        var logged = await bus.Logs.WaitForAsync(entry => entry.Level == LogLevel.Error);
        Assert.Equal("a defect", logged.Exception?.Message);
    }

    [Fact]
    public async Task Command_ThrownBackWithoutEnd_EndsInTheErrorQueue()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        var worker = new TestWorker();
        await using var bus = await TestBus.StartAsync(settings, null, worker.Participant);
        await bus.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("poison"), default);
        await using var broker = await RawBroker.ConnectAsync(settings);

        var dead = broker.TakeAsync($"{TestWorker.Queue}_error");
        var deliveries = 0;
        while (!dead.IsCompleted)
        {
            var next = worker.TakeAsync();
            if (await Task.WhenAny(next, dead) == next)
            {
                deliveries++;
                (await next).Throw("always");
            }
        }

        Assert.Contains("poison", System.Text.Encoding.UTF8.GetString(await dead), StringComparison.Ordinal);
        Assert.Equal(21, deliveries);
    }

    [Theory]
    [InlineData("not a message at all")]
    [InlineData("""{"messageId":"00000000-0000-0000-0000-000000000001","messageType":["urn:message:LocalAI.Pipeline.Messages.Text:TokenizeText"],"message":{"text":7}}""")]
    public async Task Command_ThatCannotBeRead_GoesToTheErrorQueueAndTheNextIsTaken(string body)
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        var worker = new TestWorker();
        await using var bus = await TestBus.StartAsync(settings, null, worker.Participant);
        await using var broker = await RawBroker.ConnectAsync(settings);

        await broker.PublishAsync(TestWorker.Queue, System.Text.Encoding.UTF8.GetBytes(body));
        await bus.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("good"), default);

        var delivery = await worker.TakeAsync();
        Assert.Equal("good", delivery.Text);
        delivery.Finish();
        Assert.Equal(body, System.Text.Encoding.UTF8.GetString(await broker.TakeAsync($"{TestWorker.Queue}_error")));
    }

    [Fact]
    public async Task Request_ItsWorkerStops_IsAskedAgain()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        var leaving = new TestWorker();
        var heir = new TestWorker();
        await using var api = await TestBus.StartAsync(settings);
        var first = await TestBus.StartAsync(settings.With("Bus:DrainTimeout", "00:00:00.1"), null, leaving.Participant);
        var asked = api.Sender.RequestAsync<Messages.Text.TokenizeText, Messages.Text.TextTokenized>(TestWorker.Queue, TestWorker.Command("a"), TestTimeout.Duration, default);
        await leaving.TakeAsync();
        await first.DisposeAsync();

        await using var second = await TestBus.StartAsync(settings, null, heir.Participant);
        await (await heir.TakeAsync()).AnswerAsync(new Messages.Text.TextTokenized { Tokens = [3] });

        Assert.Equal([3], (await asked).Reply!.Tokens);
    }
}
