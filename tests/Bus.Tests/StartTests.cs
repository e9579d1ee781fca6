using LocalAI.Pipeline.Bus.Tests.Harness;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.RabbitMq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MassTransit;

namespace LocalAI.Pipeline.Bus.Tests;

/// <summary>A process whose bus cannot start says so in one sentence.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Start_NoBrokerListens_StopsWithWhereAndWhatToDo()
    {
        var port = FreePort.Next();
        var settings = new Dictionary<string, string?>
        {
            ["Bus:Transport"] = "rabbitmq",
            ["Bus:Host"] = RabbitMqServer.Host,
            ["Bus:Port"] = $"{port}",
            ["Bus:ConnectTimeout"] = "00:00:01",
        };

        var failure = await Assert.ThrowsAsync<BusUnavailableException>(() => TestBus.StartAsync(settings));

        Assert.StartsWith($"RabbitMQ at 127.0.0.1:{port} cannot be reached (Connection refused", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("start it, or check Bus:Host and Bus:Port.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WrongPassword_StopsAtOnceWithTheUsersName()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);

        var failure = await Assert.ThrowsAsync<BusUnavailableException>(() => TestBus.StartAsync(settings.With("Bus:Password", "wrong").With("Bus:ConnectTimeout", "00:10:00")));

        Assert.Contains("refused the user 'guest': check Bus:Username and Bus:Password", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoSuchVirtualHost_StopsAtOnceWithItsName()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);

        var failure = await Assert.ThrowsAsync<BusUnavailableException>(() => TestBus.StartAsync(settings.With("Bus:VirtualHost", "nowhere").With("Bus:ConnectTimeout", "00:10:00")));

        Assert.Contains("no virtual host 'nowhere'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BusTransport.Memory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task Start_AllIsThere_IsReady(BusTransport transport)
    {
        await using var bus = await TestBus.StartAsync(await Setting.ForAsync(transport), new TestSink(), new TestWorker().Participant);

        Assert.Equal(new BusReadiness(true, null), bus.Health.Check());
        bus.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Start_AQueueOfAnotherForm_IsToldByTheFirstSend()
    {
        var settings = await Setting.ForAsync(BusTransport.RabbitMq);
        await using var broker = await RawBroker.ConnectAsync(settings);
        await broker.DeclareClassicQueueAsync(TestWorker.Queue);
        await using var bus = await TestBus.StartAsync(settings);

        var failure = await Assert.ThrowsAsync<BusUnavailableException>(() => bus.Sender.SendAsync(TestWorker.Queue, TestWorker.Command("a"), default));

        Assert.Contains("has a queue of another form", failure.Message, StringComparison.Ordinal);
        Assert.Contains(TestWorker.Queue, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_AParticipantThatCameTooLate_IsNamedAsTheReason()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddPipelineBus(new ConfigurationBuilder().Build());
        services.AddSingleton(new BusParticipant(_ => { }, (_, _) => { }));
        await using var provider = services.BuildServiceProvider();

        var failure = Assert.ThrowsAny<Exception>(provider.GetRequiredService<IBusControl>);

        Assert.Contains("BusParticipant was registered after AddPipelineBus", failure.GetBaseException().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Identity_Created_IsUniqueAndFitsAQueueName()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => InstanceIdentity.Create().Id).ToHashSet();

        Assert.Equal(100, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[a-z0-9-]{10,70}$", id));
    }
}
