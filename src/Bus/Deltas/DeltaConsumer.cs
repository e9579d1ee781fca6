using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>
/// Decodes frames on the client's dispatch loop, in order, and hands them on. Frames are acknowledged in batches: without
/// acknowledgements the broker would push a flood into this process's memory, while with them it keeps at most
/// <see cref="Prefetch"/> frames under way.
/// </summary>
internal sealed class DeltaConsumer(IChannel channel, string queue, IDeltaSink sink, ILogger logger) : AsyncDefaultBasicConsumer(channel)
{
    /// <summary>Frames under way: several round trips' worth at one frame per decode step and worker.</summary>
    public const ushort Prefetch = 512;

    private const ulong AcknowledgedAtOnce = Prefetch / 4;

    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _warned;

    /// <summary>Ends, with the reason, when no frame will come any more.</summary>
    public Task<string> Ended => _ended.Task;

    public override async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        if (Decode(body.Span) is { } frame)
        {
            sink.Accept(frame);
        }

        if (deliveryTag % AcknowledgedAtOnce == 0)
        {
            await Channel.BasicAckAsync(deliveryTag, multiple: true, cancellationToken);
        }
    }

    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _ended.TrySetResult($"somebody deleted the queue {queue}");
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    public override Task HandleChannelShutdownAsync(object channel, RabbitMQ.Client.Events.ShutdownEventArgs reason)
    {
        _ended.TrySetResult(reason.ReplyText);
        return base.HandleChannelShutdownAsync(channel, reason);
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
