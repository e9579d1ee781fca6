using Microsoft.Extensions.Hosting;

namespace LocalAI.Pipeline.Settings.Tests;

/// <summary>Somebody ends the process while it still starts.</summary>
internal sealed class StopAtStart(IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication();
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
