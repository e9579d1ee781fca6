using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>What the queues can still hold of jobs.</summary>
internal sealed class DurableJobQueues(IQueueInspector inspector, IHostApplicationLifetime lifetime, IOptions<BusOptions> bus, TimeProvider time)
{
    public TimeProvider Time => time;

    /// <summary>Completes when the process has started, its bus included.</summary>
    public Task Started { get; } = StartedAsync(lifetime);

    /// <summary>Queues and workers in the memory of this process began with it: what was sent or heard of before is gone.</summary>
    public DateTimeOffset GoneBefore { get; } = bus.Value.Transport == BusTransport.Memory ? time.GetUtcNow() : DateTimeOffset.MinValue;

    /// <summary>Whether nothing waits in the job's queue. Where the broker cannot be asked nothing can be sent either.</summary>
    public async Task<bool> IsEmptyAsync(DurableJob job, CancellationToken cancellationToken) =>
        await inspector.GetDepthAsync(QueueNames.Text(job.Model, job.Lane), cancellationToken) is not { Waiting: > 0 };

    private static Task StartedAsync(IHostApplicationLifetime lifetime)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        return started.Task;
    }
}
