using System.Collections.Concurrent;
using System.Threading.Channels;
using LocalAI.Pipeline.Api.Batches.Input;
using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.ObjectStorage;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>
/// Looks for batches that nobody runs, claims and runs them: those that were made here at once, those that another process made or
/// left within <see cref="BatchesOptions.PollInterval"/>.
/// </summary>
internal sealed class BatchRunner(BatchRun run, LeasedBatches batches, IOptions<BatchesOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BatchRunner> logger) : BackgroundService
{
    // A process that stops gives its leases back; one that cannot in that time lets them run out.
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, RunningBatch> _running = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There may be something to do: a batch was made, or has ended.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>A batch was cancelled: if it runs here, it need not wait for its next look.</summary>
    public void Wake(string batchId)
    {
        if (_running.TryGetValue(batchId, out var batch))
        {
            batch.Watch?.Wake();
        }

        Wake();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await HasStartedAsync(stoppingToken))
        {
            return;
        }

        var wake = _wakes.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            if (_wakes.Reader.TryRead(out _))
            {
                wake = _wakes.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            }

            await StartWaitingAsync(stoppingToken);
            await Task.WhenAny(wake, Task.Delay(options.Value.PollInterval, time, stoppingToken));
        }

        await Task.WhenAll(_running.Values.Select(batch => batch.Ended));
    }

    /// <summary>Lines call endpoints, which are there when the server is.</summary>
    private async Task<bool> HasStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var starting = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        using var stopping = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        return await Task.WhenAny(started.Task) is { IsCompletedSuccessfully: true };
    }

    private async Task StartWaitingAsync(CancellationToken stoppingToken)
    {
        try
        {
            var free = options.Value.BatchesAtOnce - _running.Count;
            var found = free > 0 ? await batches.WaitingAsync(BusyOwners(), free, stoppingToken) : [];
            foreach (var batch in found.Where(batch => !_running.ContainsKey(batch.Id) && !BusyOwners().Contains(batch.Owner)))
            {
                if (await batches.TryClaimAsync(batch.Id, stoppingToken))
                {
                    Start(batch, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (DatabaseErrors.IsLoss(e))
        {
            logger.LookFailed(e.GetBaseException().Message);
        }
    }

    private HashSet<string> BusyOwners() => _running.Values.GroupBy(batch => batch.Batch.Owner, StringComparer.Ordinal)
        .Where(group => group.Count() >= options.Value.BatchesOfOneKey).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);

    private void Start(Batch batch, CancellationToken stoppingToken)
    {
        var running = new RunningBatch(batch);
        _running[batch.Id] = running;
        running.Ended = Task.Run(() => RunAsync(running, stoppingToken), CancellationToken.None);
    }

    private async Task RunAsync(RunningBatch running, CancellationToken stoppingToken)
    {
        var id = running.Batch.Id;
        logger.Claimed(id, running.Batch.State);
        try
        {
            await run.RunAsync(running.Batch, watch => running.Watch = watch, stoppingToken);
        }
        catch (Exception e) when (e is LeaseLostException or OperationCanceledException || stoppingToken.IsCancellationRequested)
        {
            logger.LeftToOthers(id);
        }
        catch (Exception e) when (e is ObjectStoreException || DatabaseErrors.IsLoss(e))
        {
            logger.Paused(id, e.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.Broken(e, id);
            await TryAsync(id, ended => batches.TryFailAsync(id, BatchErrorJson.Of([new BatchError("internal_error", "Something unforeseen went wrong here. The server's log has it under the batch's id.")]), ended));
        }
        finally
        {
            await TryAsync(id, ended => batches.ReleaseAsync(id, ended));
            _running.TryRemove(id, out _);
            Wake();
        }
    }

    private async Task TryAsync(string id, Func<CancellationToken, Task> change)
    {
        using var timeout = new CancellationTokenSource(ReleaseTimeout, time);
        try
        {
            await change(timeout.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || DatabaseErrors.IsLoss(e))
        {
            // The lease runs out, and whoever looks then goes on.
            logger.Paused(id, e.Message);
        }
    }
}
