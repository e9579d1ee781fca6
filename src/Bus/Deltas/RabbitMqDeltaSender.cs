using LocalAI.Pipeline.Bus.Broker;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>
/// Sends frames to the API instances' queues through the default exchange, on one channel that is opened when first
/// needed and again after a loss. While the broker is away a send waits for it within the send time-out.
/// </summary>
internal sealed class RabbitMqDeltaSender : IDeltaSender, IAsyncDisposable
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly BrokerConnection _connection;
    private readonly BusOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly ITimer _watch;
    private ConfirmedChannel? _channel;

    public RabbitMqDeltaSender(BrokerConnection connection, IOptions<BusOptions> options, TimeProvider time)
    {
        _connection = connection;
        _options = options.Value;
        _time = time;

        // One timer for all frames: a timer for each would cost more than the frame.
        _watch = time.CreateTimer(_ => GiveUpOnASilentBroker(), null, WatchInterval, WatchInterval);
    }

    // A frame costs worker, broker and API half a millisecond of processor time together, whatever is in it: as much as a small
    // model needs for a token. No eye sees this wait, and a model that needs longer for a step than this never meets it.
    public TimeSpan FrameInterval { get; } = TimeSpan.FromMilliseconds(4);

    public async ValueTask<DeltaDelivery> SendAsync(DeltaFrame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var channel = _channel is { IsOpen: true } open ? open : await OpenAsync(cancellationToken);
        return await channel.SendAsync(frame, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        if (Interlocked.Exchange(ref _channel, null) is { } channel)
        {
            await channel.DisposeAsync();
        }
    }

    private async ValueTask<ConfirmedChannel> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_channel is { IsOpen: true } open)
            {
                return open;
            }

            if (Interlocked.Exchange(ref _channel, null) is { } old)
            {
                await old.DisposeAsync();
            }

            var connection = await _connection.GetAsync(_options.SendTimeout, cancellationToken);
            return _channel = await ConfirmedChannel.OpenAsync(connection, _time, cancellationToken);
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e))
        {
            throw new BusUnavailableException($"Could not open a channel for delta frames: {BrokerErrors.Describe(e, _options)}", e);
        }
        finally
        {
            _opening.Release();
        }
    }

    private void GiveUpOnASilentBroker()
    {
        if (_channel is { IsOpen: true } channel && channel.OldestWait > _options.SendTimeout)
        {
            _ = channel.LoseAsync($"A delta frame was not confirmed within {_options.SendTimeout.TotalSeconds:0.#} s. {BrokerErrors.Hint(_options)}");
        }
    }
}
