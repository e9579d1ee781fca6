using Microsoft.Extensions.Hosting;

namespace LocalAI.Pipeline.Settings.Tests;

internal sealed class MissingDependency : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.FromException(new InvalidOperationException("there is no broker at nowhere:5672"));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
