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
    private const string Part = "deltas";

    private readonly string _queue = QueueNames.Deltas(identity.Id);
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isLost;

    /// <summary>Returns when the queue is there: a worker may answer as soon as this process sends.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await _first.Task.WaitAsync(options.Value.ConnectTimeout, time, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<IDeltaSink>() is not { } sink)
        {
            _first.TrySetResult();
            return;
        }

        var backOff = new BackOff(options.Value.ReconnectDelayMaximum);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var reason = await ConsumeAsync(sink, backOff, stoppingToken);
                Lost(reason);
            }
            catch (Exception e) when (e is BusUnavailableException || BrokerErrors.IsLoss(e))
            {
                Lost(e is BusUnavailableException ? e.Message : BrokerErrors.Describe(e, options.Value));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(backOff.Next(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Consumes until the link is lost, and returns why.</summary>
    private async Task<string> ConsumeAsync(IDeltaSink sink, BackOff backOff, CancellationToken stopping)
    {
        var open = await connection.GetAsync(TimeSpan.Zero, stopping);
        await using var channel = await open.CreateChannelAsync(cancellationToken: stopping);
        channel.CallbackExceptionAsync += (_, thrown) =>
        {
            logger.SinkThrew(thrown.Exception);
            return Task.CompletedTask;
        };
        var consumer = new DeltaConsumer(channel, _queue, sink, logger);
        await channel.QueueDeclareAsync(_queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: stopping);
        await channel.BasicQosAsync(0, DeltaConsumer.Prefetch, global: false, stopping);
        await channel.BasicConsumeAsync(_queue, autoAck: false, consumer, stopping);
        Restored(sink, backOff);
        return await consumer.Ended.WaitAsync(stopping);
    }

    private void Restored(IDeltaSink sink, BackOff backOff)
    {
        backOff.Reset();
        health.Report(Part, null);
        _isLost = false;
        if (!_first.TrySetResult())
        {
            logger.LinkRestored();
            sink.LinkRestored();
        }
    }

    private void Lost(string reason)
    {
        health.Report(Part, $"The link for token deltas is lost: {reason}");
        if (!_isLost)
        {
            _isLost = true;
            logger.LinkLost(reason);
        }
    }
}
