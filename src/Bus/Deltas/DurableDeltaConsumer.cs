using LocalAI.Pipeline.Bus.Broker;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>Hands frames on as they come and acknowledges each when it is kept, so that the taker can keep many at once.</summary>
internal sealed class DurableDeltaConsumer(IChannel channel, string queue, IDurableDeltaSink sink, ILogger logger, CancellationToken stopping) : AsyncDefaultBasicConsumer(channel)
{
    /// <summary>Frames in the taker's hands: a transaction's worth while the next is filled.</summary>
    public const ushort Prefetch = 128;

    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _warned;

    /// <summary>Ends, with the reason, when no frame will come any more.</summary>
    public Task<string> Ended => _ended.Task;

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        _ = KeepAsync(deliveryTag, Decode(body.Span), cancellationToken);
        return Task.CompletedTask;
    }

    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _ended.TrySetResult($"somebody deleted the queue {queue}");
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        _ended.TrySetResult(reason.ReplyText);
        return base.HandleChannelShutdownAsync(channel, reason);
    }

    private async Task KeepAsync(ulong deliveryTag, DeltaFrame? frame, CancellationToken cancellationToken)
    {
        try
        {
            if (frame is not null)
            {
                await sink.AcceptAsync(frame, stopping);
            }

            await Channel.BasicAckAsync(deliveryTag, multiple: false, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The process stops or the channel closed: the frame comes again, here or elsewhere.
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e))
        {
            _ended.TrySetResult(e.Message);
        }
    }

    private DeltaFrame? Decode(ReadOnlySpan<byte> body)
    {
        try
        {
            return DeltaFrameCodec.Read(body);
        }
        catch (InvalidDataException e)
        {
            if (!_warned)
            {
                _warned = true;
                logger.FrameUnreadable(body.Length, queue, e.Message);
            }

            return null;
        }
    }
}
