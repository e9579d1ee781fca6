using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Bus.Broker;

/// <summary>
/// The first to start: waits for the broker within a bound, so that a process without one stops with one readable reason
/// instead of waiting inside MassTransit.
/// </summary>
internal sealed class BrokerCheck(BrokerConnection connection, IOptions<BusOptions> options) : IHostedService
{
    /// <exception cref="BusUnavailableException">The broker is away for too long, or refuses this process.</exception>
    public async Task StartAsync(CancellationToken cancellationToken) =>
        _ = await connection.GetAsync(options.Value.ConnectTimeout, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
