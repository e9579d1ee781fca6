using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Bus.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Bus.Tests.Commands;

/// <summary>What both transports do with requests.</summary>
public sealed class RequestTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [Theory]
    [InlineData(BusTransport.Memory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task Request_Answered_GivesTheReply(BusTransport transport)
    {
        var worker = new TestWorker();
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(transport), null, worker.Participant);

        var asked = AskAsync(bus, TestTimeout.Duration);
        await (await worker.TakeAsync()).AnswerAsync(new TextTokenized { Tokens = [1, 2] });

        var answer = await asked;
        Assert.Equal([1, 2], answer.Reply!.Tokens);
        Assert.Null(answer.Refused);
        bus.Logs.AssertNoErrors();
    }

    [Theory]
    [InlineData(BusTransport.Memory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task Request_Refused_GivesTheRefusal(BusTransport transport)
    {
        var worker = new TestWorker();
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(transport), null, worker.Participant);
        var refusal = new JobRefused { JobId = Guid.NewGuid(), Failure = new JobFailure { Code = FailureCode.PromptTooLong, Message = "9 tokens, 8 fit" } };

        var asked = AskAsync(bus, TestTimeout.Duration);
        await (await worker.TakeAsync()).AnswerAsync(refusal);

        var answer = await asked;
        Assert.Null(answer.Reply);
        Assert.Equal(refusal, answer.Refused);
    }

    [Theory]
    [InlineData(BusTransport.Memory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task Request_TheConsumerThrows_TellsItsWords(BusTransport transport)
    {
        var worker = new TestWorker();
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(transport), null, worker.Participant);

        var asked = AskAsync(bus, TestTimeout.Duration);
        (await worker.TakeAsync()).Throw("the vocabulary is gone");

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => asked);
        Assert.Contains("the vocabulary is gone", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BusTransport.Memory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task Request_NobodyTakesIt_EndsInATimeout(BusTransport transport)
    {
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(transport));

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => AskAsync(bus, Short));
        Assert.Contains(TestWorker.Queue, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ToAnInstanceThatIsGone_EndsInATimeoutAndLeavesNothingBehind()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        await using var bus = await TestBus.StartAsync(settings);

        await Assert.ThrowsAsync<TimeoutException>(() =>
            bus.Sender.RequestAsync<TokenizeText, TextTokenized>("api.gone", TestWorker.Command("t"), Short, default));

        await using var broker = await RawBroker.ConnectAsync(settings);
        Assert.False(await broker.ExchangeExistsAsync("api.gone"));
    }

    [Theory]
    [InlineData(BusTransport.Memory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task Request_ToAnInstance_IsAnswered(BusTransport transport)
    {
        var settings = await Setting.ForAsync(transport);
        var instance = new TestWorker();
        await using var bus = await TestBus.StartAsync(settings, null, new BusParticipant(_ => { }, (_, endpoints) => endpoints.InstanceQueue("api.one", instance.Configure)));

        var asked = bus.Sender.RequestAsync<TokenizeText, TextTokenized>("api.one", TestWorker.Command("t"), TestTimeout.Duration, default);
        await (await instance.TakeAsync()).AnswerAsync(new TextTokenized { Tokens = [] });

        Assert.Empty((await asked).Reply!.Tokens);
    }

    private static Task<BusReply<TextTokenized>> AskAsync(TestBus bus, TimeSpan timeout) =>
        bus.Sender.RequestAsync<TokenizeText, TextTokenized>(TestWorker.Queue, TestWorker.Command("t"), timeout, TestTimeout.Token);
}
