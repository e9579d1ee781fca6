using LocalAI.Pipeline.Bus.Broker;
using LocalAI.Pipeline.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>
/// Keeps this API instance's queue for delta frames: declares it, consumes it, and does both again after each loss, until
/// the process stops. The queue is exclusive, so the broker removes it with the connection, and workers are told at once
/// that nobody receives. Does nothing in a process without an <see cref="IDeltaSink"/>.
/// </summary>
internal sealed class RabbitMqDeltaReceiver(
    BrokerConnection connection, InstanceIdentity identity, BusHealth health, IServiceProvider services, IOptions<BusOptions> options, TimeProvider time, ILogger<RabbitMqDeltaReceiver> logger)
    : BackgroundService
{
    private readonly string _queue = QueueNames.Deltas(identity.Id);
    private readonly DeltaQueueLink _link = new("deltas", connection, health, options, time, logger);

    /// <summary>Returns when the queue is there: a worker may answer as soon as this process sends.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await _link.First.WaitAsync(options.Value.ConnectTimeout, time, cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<IDeltaSink>() is not { } sink)
        {
            _link.Skip();
            return Task.CompletedTask;
        }

        return _link.RunAsync(channel => ConsumeAsync(channel, sink, stoppingToken), stoppingToken);
    }

    private async Task<string> ConsumeAsync(IChannel channel, IDeltaSink sink, CancellationToken stopping)
    {
        var consumer = new DeltaConsumer(channel, _queue, sink, logger);
        await channel.QueueDeclareAsync(_queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: stopping);
        await channel.BasicQosAsync(0, DeltaConsumer.Prefetch, global: false, stopping);
        await channel.BasicConsumeAsync(_queue, autoAck: false, consumer, stopping);
        if (_link.Restored())
        {
            sink.LinkRestored();
        }

        return await consumer.Ended.WaitAsync(stopping);
    }
}
