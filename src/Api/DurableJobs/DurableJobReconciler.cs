using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>
/// Takes up what was left lying, whoever died: sends commands again that were lost or whose worker is gone, makes ends that
/// nobody made, ends what is past its time, removes what has expired. Every instance has one; they do not disturb each other.
/// </summary>
internal sealed class DurableJobReconciler(
    LeftJobs left, DurableJobStore store, DurableJobEnds ends, DurableJobSender sender, DurableJobQueues queues, IOptions<DurableJobOptions> options, ILogger<DurableJobReconciler> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What it sends needs the bus, which starts last.
        await queues.Started.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (DatabaseErrors.IsLoss(e))
            {
                logger.DatabaseAway("looking for jobs that were left", e.GetBaseException().Message);
            }

            await Task.Delay(options.Value.ReconcileInterval, queues.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One look.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var job in await left.LateAsync(cancellationToken))
        {
            await store.TryEndAsync(job, new JobFailure { Code = FailureCode.QueueTimeout, Message = "No worker took the request within its time." }, cancellationToken);
        }

        foreach (var job in await left.UnendedAsync(cancellationToken))
        {
            await ends.TryFinishAsync(job, cancellationToken);
        }

        foreach (var job in await left.ClaimSilentAsync(queues.GoneBefore, cancellationToken))
        {
            await SendAgainAsync(job, $"its worker {job.Worker} was not heard of", cancellationToken);
        }

        foreach (var job in await left.ClaimUnclaimedAsync(queues.GoneBefore, job => queues.IsEmptyAsync(job, cancellationToken), cancellationToken))
        {
            await SendAgainAsync(job, "no worker took it, and its queue does not have it", cancellationToken);
        }

        await RemoveExpiredAsync(cancellationToken);
    }

    private async Task SendAgainAsync(DurableJob job, string reason, CancellationToken cancellationToken)
    {
        logger.SentAgain(job.Id, reason);
        if (!await sender.TrySendAsync(job, cancellationToken))
        {
            await left.ReleaseAsync(job, cancellationToken);
        }
    }

    private async Task RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var job in await left.ExpiredAsync(cancellationToken))
        {
            removed += await store.DeleteAsync(job, null, cancellationToken) ? 1 : 0;
        }

        if (removed > 0)
        {
            logger.Removed(removed);
        }
    }
}
