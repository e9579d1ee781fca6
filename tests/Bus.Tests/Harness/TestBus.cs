using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.Logs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Bus.Tests.Harness;

/// <summary>One process of a deployment, as far as the bus is concerned.</summary>
internal sealed class TestBus : IAsyncDisposable
{
    private readonly IHost _host;

    private TestBus(IHost host, LogCollector logs) => (_host, Logs) = (host, logs);

    public LogCollector Logs { get; }

    public ICommandSender Sender => Get<ICommandSender>();

    public IDeltaSender Deltas => Get<IDeltaSender>();

    public IQueueInspector Queues => Get<IQueueInspector>();

    public BusHealth Health => Get<BusHealth>();

    public string Id => Get<InstanceIdentity>().Id;

    public static Task<TestBus> StartAsync(IReadOnlyDictionary<string, string?> settings, IDeltaSink? sink = null, params BusParticipant[] participants) =>
        StartAsync(Create(settings, sink, null, participants));

    public static Task<TestBus> StartDurableAsync(IReadOnlyDictionary<string, string?> settings, IDurableDeltaSink sink) => StartAsync(Create(settings, null, sink, []));

    private static async Task<TestBus> StartAsync(TestBus bus)
    {
        try
        {
            await bus._host.StartAsync(TestTimeout.Token);
            return bus;
        }
        catch
        {
            await bus.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(TestTimeout.Token);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static TestBus Create(IReadOnlyDictionary<string, string?> settings, IDeltaSink? sink, IDurableDeltaSink? durableSink, BusParticipant[] participants)
    {
        var logs = new LogCollector();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.AddProvider(logs);
        foreach (var participant in participants)
        {
            builder.Services.AddSingleton(participant);
        }

        if (sink is not null)
        {
            builder.Services.AddSingleton(sink);
        }

        if (durableSink is not null)
        {
            builder.Services.AddSingleton(durableSink);
        }

        builder.Services.AddPipelineBus(builder.Configuration);
        return new TestBus(builder.Build(), logs);
    }
}
