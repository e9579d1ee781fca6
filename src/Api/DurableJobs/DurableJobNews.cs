using System.Collections.Concurrent;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages.Jobs;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>
/// Tells all instances, this one included, which jobs went on. What comes while a message is on its way goes into the next,
/// so that a fast model costs one message for each trip to the broker. News that cannot be sent are dropped: followers look
/// by themselves now and then. It ends before anything else of a process that stops, so that the bus is still there for what it
/// has begun to send.
/// </summary>
internal sealed class DurableJobNews(ICommandSender sender, ILogger<DurableJobNews> logger) : BackgroundService, IHostedLifecycleService
{
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<Guid, bool> _jobs = new();
    private readonly SemaphoreSlim _some = new(0, 1);
    private int _isTold;

    public void Tell(IEnumerable<Guid> jobs)
    {
        var any = false;
        foreach (var job in jobs)
        {
            any |= _jobs.TryAdd(job, true);
        }

        if (any && Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            _some.Release();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        _ending.Dispose();
        _some.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _ending.Token);
        while (!either.IsCancellationRequested)
        {
            try
            {
                await _some.WaitAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            Volatile.Write(ref _isTold, 0);
            await SendAsync([.. _jobs.Keys]);
        }
    }

    private async Task SendAsync(Guid[] jobs)
    {
        if (jobs.Length == 0)
        {
            return;
        }

        foreach (var job in jobs)
        {
            _jobs.TryRemove(job, out _);
        }

        try
        {
            // What was begun is sent, also by a process that stops: the bus has a bound of its own.
            await sender.PublishAsync(new DurableJobsAdvanced { JobIds = jobs }, CancellationToken.None);
        }
        catch (BusUnavailableException e)
        {
            logger.NewsNotSent(jobs.Length, e.Message);
        }
    }
}
