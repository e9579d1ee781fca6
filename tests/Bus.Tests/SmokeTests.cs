using LocalAI.Pipeline.Bus.Tests.Harness;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Messages.Text;
using MassTransit;

namespace LocalAI.Pipeline.Bus.Tests;

public sealed class SmokeTests
{
    [Fact]
    public async Task Send_InMemory_Arrives()
    {
        var got = new TaskCompletionSource<TokenizeText>();
        await using var bus = await TestBus.StartAsync(new Dictionary<string, string?>(), null, new BusParticipant(_ => { }, (_, e) => e.CommandQueue("text.a.interactive", 2, q =>
            q.Handler<TokenizeText>(c => { got.TrySetResult(c.Message); return c.RespondAsync(new TextTokenized { Tokens = [1] }); }))));
        var reply = await bus.Sender.RequestAsync<TokenizeText, TextTokenized>("text.a.interactive", new TokenizeText { JobId = Guid.NewGuid(), Model = "m", Owner = "o", RequestId = "r", Text = "t" }, TestTimeout.Duration, TestTimeout.Token);
        Assert.Equal([1], reply.Reply!.Tokens);
        Assert.True(bus.Health.Check().IsReady);
        bus.Logs.AssertNoErrors();
    }
}
