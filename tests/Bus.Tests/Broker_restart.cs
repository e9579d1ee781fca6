using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Bus.Tests.Harness;
using LocalAI.Pipeline.Testing.RabbitMq;

namespace LocalAI.Pipeline.Bus.Tests;

/// <summary>The broker of a running deployment goes away and comes back.</summary>
public sealed class Broker_restart
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commands_survive_and_both_sides_recover(bool isKilled)
    {
        await using var server = await RabbitMqServer.StartNewAsync();
        var settings = server.SettingsFor("/");
        var sink = new TestSink();
        var worker = new TestWorker();
        await using var api = await TestBus.StartAsync(settings.With("Bus:SendTimeout", "00:01:00"), sink);
        await api.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("a"), default);
        await using var workerBus = await TestBus.StartAsync(settings, null, worker.Participant);
        await worker.TakeAsync();
        await api.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("b"), default);
        await workerBus.Deltas.SendAsync(TestSink.Frame(api.Id, 0), default);

        await server.FlushAsync();
        await (isKilled ? server.KillAsync() : server.StopAsync());
        await server.StartAsync();

        // The command that was held comes back, the one that waited is still there, and a new one can be sent.
        await api.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("c"), default);
        var held = await worker.TakeAsync();
        Assert.Equal(("a", true), (held.Text, held.Redelivered));
        held.Finish();
        foreach (var expected in (string[])["b", "c"])
        {
            var next = await worker.TakeAsync();
            Assert.Equal(expected, next.Text);
            next.Finish();
        }

        await sink.RestoredAsync();
        Assert.Equal(DeltaDelivery.Delivered, await workerBus.Deltas.SendAsync(TestSink.Frame(api.Id, 1), default));
        Assert.Equal([0, 1], await sink.TakeSequencesAsync(2));
    }
}
