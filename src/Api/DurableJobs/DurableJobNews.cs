using System.Collections.Concurrent;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages.Jobs;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>
/// Tells all instances, this one included, which jobs went on. What comes while a message is on its way goes into the next,
/// so that a fast model costs one message for each trip to the broker. News that cannot be sent are dropped: followers look
/// by themselves now and then.
/// </summary>
internal sealed class DurableJobNews(ICommandSender sender, ILogger<DurableJobNews> logger) : BackgroundService
{
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

    public override void Dispose()
    {
        _some.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _some.WaitAsync(stoppingToken);
                Volatile.Write(ref _isTold, 0);
                await SendAsync([.. _jobs.Keys], stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task SendAsync(Guid[] jobs, CancellationToken stopping)
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
            await sender.PublishAsync(new DurableJobsAdvanced { JobIds = jobs }, stopping);
        }
        catch (BusUnavailableException e)
        {
            logger.NewsNotSent(jobs.Length, e.Message);
        }
    }
}
