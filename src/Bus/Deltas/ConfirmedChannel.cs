using System.Buffers;
using System.Globalization;
using LocalAI.Pipeline.Bus.Broker;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using RabbitMQ.Client;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>
/// One channel's life of confirmed frames. Confirms are tracked here and not by the client, which would hold callers
/// one behind the other until each confirm has come, and send a header table with every message.
/// </summary>
internal sealed class ConfirmedChannel : IAsyncDisposable
{
    // A worker has one frame under way to each API instance: a bound on instances served at once.
    private const int MaximumOutstanding = 256;

    // A frame after a long pause may be large; the buffer that it leaves behind should not be.
    private const int KeptBufferBytes = 256 * 1024;

    private readonly IChannel _channel;
    private readonly ConfirmWindow _window;
    private readonly SemaphoreSlim _outstanding = new(MaximumOutstanding, MaximumOutstanding);
    private readonly SemaphoreSlim _publishing = new(1, 1);
    private readonly CancellationTokenSource _closing = new();

    // The client makes a header table for each message that has none.
    private readonly BasicProperties _properties = new() { Headers = new Dictionary<string, object?>() };
    private ArrayBufferWriter<byte> _buffer = new(1024);

    private ConfirmedChannel(IChannel channel, ConfirmWindow window)
    {
        _channel = channel;
        _window = window;
        channel.BasicAcksAsync += (_, ack) =>
        {
            window.Settle(ack.DeliveryTag, ack.Multiple, null);
            return Task.CompletedTask;
        };
        channel.BasicNacksAsync += (_, nack) =>
        {
            window.Settle(nack.DeliveryTag, nack.Multiple, new BusUnavailableException("RabbitMQ did not take a delta frame (basic.nack): look into its log."));
            return Task.CompletedTask;
        };
        channel.BasicReturnAsync += (_, returned) =>
        {
            window.Return(returned.BasicProperties.MessageId);
            return Task.CompletedTask;
        };
        channel.ChannelShutdownAsync += (_, shutdown) => LoseAsync($"The channel to RabbitMQ was lost ({shutdown.ReplyText}) with delta frames on their way.", shutdown.Exception);
    }

    public bool IsOpen => !_window.IsLost && _channel.IsOpen;

    /// <summary>How long the oldest unconfirmed frame has waited.</summary>
    public TimeSpan OldestWait => _window.OldestWait;

    public static async Task<ConfirmedChannel> OpenAsync(IConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false);
        return new ConfirmedChannel(await connection.CreateChannelAsync(options, cancellationToken), new ConfirmWindow(time));
    }

    /// <summary>Publishes a frame; ends with its confirm.</summary>
    /// <exception cref="BusUnavailableException">The channel was lost first.</exception>
    public async ValueTask<DeltaDelivery> SendAsync(DeltaFrame frame, CancellationToken cancellationToken)
    {
        await _outstanding.WaitAsync(cancellationToken);
        try
        {
            var pending = await PublishAsync(frame, cancellationToken);
            return await pending.Outcome.WaitAsync(cancellationToken);
        }
        finally
        {
            _outstanding.Release();
        }
    }

    /// <summary>Gives up on what is not confirmed.</summary>
    public async Task LoseAsync(string reason, Exception? cause = null)
    {
        _window.Lose(new BusUnavailableException(reason, cause));
        await _closing.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await LoseAsync("The link for delta frames was closed.");
        await _channel.DisposeAsync();
    }

    private async ValueTask<PendingFrame> PublishAsync(DeltaFrame frame, CancellationToken cancellationToken)
    {
        await _publishing.WaitAsync(cancellationToken);
        try
        {
            _buffer.ResetWrittenCount();
            DeltaFrameCodec.Write(frame, _buffer);
            var pending = _window.Add(out var number);
            _properties.MessageId = number.ToString(CultureInfo.InvariantCulture);

            // Not the caller's token: a frame that was numbered must be published, or all later numbers are wrong.
            await _channel.BasicPublishAsync("", QueueNames.Deltas(frame.InstanceId), mandatory: true, _properties, _buffer.WrittenMemory, _closing.Token);
            return pending;
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e) || (e is OperationCanceledException && _closing.IsCancellationRequested))
        {
            await LoseAsync("The channel to RabbitMQ was lost while a delta frame was written.", e);
            throw new BusUnavailableException("The channel to RabbitMQ was lost while a delta frame was written.", e);
        }
        finally
        {
            if (_buffer.Capacity > KeptBufferBytes)
            {
                _buffer = new ArrayBufferWriter<byte>(1024);
            }

            _publishing.Release();
        }
    }
}
