using LocalAI.Pipeline.Bus.Broker;
using LocalAI.Pipeline.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>
/// Takes part in consuming the queue that the frames of all durable jobs go through: it stays when every API instance is
/// gone, and what one had not kept comes to another. Does nothing in a process without an <see cref="IDurableDeltaSink"/>.
/// </summary>
internal sealed class RabbitMqDurableDeltaReceiver(
    BrokerConnection connection, BusHealth health, IServiceProvider services, IOptions<BusOptions> options, TimeProvider time, ILogger<RabbitMqDurableDeltaReceiver> logger)
    : BackgroundService
{
    private static readonly string Queue = QueueNames.Deltas(QueueNames.DurableInstance);

    // As good as none: a frame comes again as often as instances die with it in their hands. RabbitMQ 4 has 20 by default, 3 takes no -1.
    private static readonly Dictionary<string, object?> Form = new() { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 1_000_000_000 };

    private readonly DeltaQueueLink _link = new("durable deltas", connection, health, options, time, logger);

    /// <summary>Returns when the queue is there: a worker may answer as soon as this process sends.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await _link.First.WaitAsync(options.Value.ConnectTimeout, time, cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<IDurableDeltaSink>() is not { } sink)
        {
            _link.Skip();
            return Task.CompletedTask;
        }

        return _link.RunAsync(channel => ConsumeAsync(channel, sink, stoppingToken), stoppingToken);
    }

    private async Task<string> ConsumeAsync(IChannel channel, IDurableDeltaSink sink, CancellationToken stopping)
    {
        var consumer = new DurableDeltaConsumer(channel, Queue, sink, logger, stopping);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, Form, cancellationToken: stopping);
        await channel.BasicQosAsync(0, DurableDeltaConsumer.Prefetch, global: false, stopping);
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, stopping);
        _link.Restored();
        return await consumer.Ended.WaitAsync(stopping);
    }
}
