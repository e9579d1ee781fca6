using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace LocalAI.Pipeline.Bus.Broker;

/// <summary>
/// This process's own connection beside MassTransit's, for what travels without it: delta frames, declarations, looks at
/// queues. Made when first asked for, and again after a loss. The client's automatic recovery is off: it would replay
/// declarations and lose track of confirms, while each user here knows what to do on a new connection.
/// </summary>
internal sealed class BrokerConnection(IOptions<BusOptions> options, InstanceIdentity identity, TimeProvider time) : IAsyncDisposable
{
    // One attempt of several within the patience of a caller.
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _connecting = new(1, 1);
    private IConnection? _connection;
    private bool _disposed;

    /// <summary>An open connection.</summary>
    /// <param name="patience">How long to try again; zero means one attempt.</param>
    /// <exception cref="BusUnavailableException">There is none within that time, or the broker refuses this process.</exception>
    public async ValueTask<IConnection> GetAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true } open)
        {
            return open;
        }

        var backOff = new BackOff(options.Value.ReconnectDelayMaximum);
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await ConnectAsync(cancellationToken);
            }
            catch (Exception e) when (BrokerErrors.IsLoss(e))
            {
                var pause = backOff.Next();
                if (BrokerErrors.IsRefusal(e) || time.GetElapsedTime(started) + pause > patience)
                {
                    throw new BusUnavailableException(BrokerErrors.Describe(e, options.Value), e);
                }

                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connecting.WaitAsync();
        try
        {
            _disposed = true;
            await CloseAsync();
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_connection is { IsOpen: true } open)
            {
                return open;
            }

            await CloseAsync();
            _connection = await Factory().CreateConnectionAsync($"{identity.Id} links", cancellationToken);

            // The client calls a connection open before the broker has agreed to the virtual host; a channel needs that.
            await using var proof = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
            return _connection;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } old)
        {
            await old.DisposeAsync();
        }
    }

    private ConnectionFactory Factory()
    {
        var bus = options.Value;
        return new ConnectionFactory
        {
            HostName = bus.Host,
            Port = bus.EffectivePort,
            VirtualHost = bus.VirtualHost,
            UserName = bus.Username,
            Password = bus.Password,
            Ssl = new SslOption(bus.Host, enabled: bus.UseTls),
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = bus.HeartbeatInterval,
            RequestedConnectionTimeout = AttemptTimeout,
            ContinuationTimeout = bus.SendTimeout,
        };
    }
}
