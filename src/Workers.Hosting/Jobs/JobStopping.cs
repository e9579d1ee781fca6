using Microsoft.Extensions.Hosting;

namespace LocalAI.Pipeline.Workers.Hosting.Jobs;

/// <summary>When the worker stops, its jobs stop first, so that the bus need not wait for them and another worker goes on.</summary>
internal sealed class JobStopping(JobRegistry jobs) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => jobs.StopAllAsync();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
