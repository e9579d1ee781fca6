using System.Collections.Concurrent;
using LocalAI.Pipeline.Bus.Broker;
using LocalAI.Pipeline.Messages;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>
/// Declares command queues for the side that sends first, in MassTransit's topology: a fan-out exchange of the queue's
/// name in front of it. Looks at queues on channels of their own, because the broker closes a channel for each question
/// about something that does not exist.
/// </summary>
internal sealed class RabbitMqQueues(BrokerConnection connection, IOptions<BusOptions> options) : ICommandQueues, IQueueInspector
{
    private const ushort NotFound = 404;

    private readonly ConcurrentDictionary<string, bool> _declared = new(StringComparer.Ordinal);

    public async ValueTask<Uri> OpenAsync(string queue, CancellationToken cancellationToken)
    {
        if (QueueNames.BelongsToOneInstance(queue))
        {
            await WaitForOwnerAsync(queue, cancellationToken);
            return new Uri($"exchange:{queue}?temporary=true");
        }

        if (!_declared.ContainsKey(queue))
        {
            await DeclareAsync(queue, cancellationToken);
            _declared[queue] = true;
        }

        return new Uri($"exchange:{queue}");
    }

    public void Forget(string queue) => _declared.TryRemove(queue, out _);

    public async Task<QueueDepth?> GetDepthAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await ChannelAsync(TimeSpan.Zero, cancellationToken);
            var ok = await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return new QueueDepth(ok.MessageCount, (int)ok.ConsumerCount);
        }
        catch (Exception e) when (e is BusUnavailableException || BrokerErrors.IsLoss(e))
        {
            return null;
        }
    }

    public async Task DeclareAsync(string queue, CancellationToken cancellationToken)
    {
        await using var channel = await ChannelAsync(options.Value.SendTimeout, cancellationToken);
        foreach (var name in (string[])[CommandQueueForm.ErrorQueue(queue), queue])
        {
            await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, CommandQueueForm.Arguments(queue), cancellationToken: cancellationToken);
            await channel.QueueBindAsync(name, name, "", cancellationToken: cancellationToken);
        }
    }

    /// <summary>Sending to an exchange that nobody made would leave one behind for good; its owner may be reconnecting.</summary>
    private async Task WaitForOwnerAsync(string queue, CancellationToken cancellationToken)
    {
        var backOff = new BackOff(options.Value.ReconnectDelayMaximum);
        while (!await ExchangeExistsAsync(queue, cancellationToken))
        {
            await Task.Delay(backOff.Next(), cancellationToken);
        }
    }

    private async Task<bool> ExchangeExistsAsync(string name, CancellationToken cancellationToken)
    {
        await using var channel = await ChannelAsync(options.Value.SendTimeout, cancellationToken);
        try
        {
            await channel.ExchangeDeclarePassiveAsync(name, cancellationToken);
            return true;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == NotFound)
        {
            return false;
        }
    }

    private async Task<IChannel> ChannelAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var open = await connection.GetAsync(patience, cancellationToken);
        return await open.CreateChannelAsync(cancellationToken: cancellationToken);
    }
}
