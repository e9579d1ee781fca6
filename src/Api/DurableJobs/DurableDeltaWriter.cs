using System.Threading.Channels;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>
/// The one writer of this process: what comes while a transaction runs is kept by the next. A frame's giver waits until its
/// transaction is committed, so that a frame is the queue's, or the worker's, until then.
/// </summary>
internal sealed class DurableDeltaWriter(
    FrameStore frames, DurableJobEnds ends, DurableJobNews news, RelayOutbox outbox, TimeProvider time, ILogger<DurableDeltaWriter> logger) : BackgroundService, IDurableDeltaSink
{
    // As many as the broker gives at once; memory workers wait.
    private const int Capacity = 128;

    // A database that comes back is noticed this soon.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Channel<WaitingFrame> _waiting = Channel.CreateBounded<WaitingFrame>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly RecentlyTold _told = new(time);

    public async Task AcceptAsync(DeltaFrame frame, CancellationToken cancellationToken)
    {
        var waiting = new WaitingFrame(frame);
        await _waiting.Writer.WriteAsync(waiting, cancellationToken);
        await waiting.Kept.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<WaitingFrame>(Capacity);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _waiting.Reader.WaitToReadAsync(stoppingToken);
                while (batch.Count < Capacity && _waiting.Reader.TryRead(out var waiting))
                {
                    batch.Add(waiting);
                }

                await KeepAsync(batch, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task KeepAsync(List<WaitingFrame> batch, CancellationToken stopping)
    {
        try
        {
            Follow(await frames.KeepAsync([.. batch.Select(waiting => waiting.Frame)], stopping));
        }
        catch (Exception e) when (DatabaseErrors.IsLoss(e))
        {
            // The batch stays, and with it everything behind it in the queue.
            logger.DatabaseAway("keeping deltas", e.GetBaseException().Message);
            await Task.Delay(Pause, time, stopping);
            return;
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            // A defect would come again with each try. The gap that this leaves is healed by the next attempt of its job.
            logger.FramesLost(e, batch.Count);
        }

        batch.ForEach(waiting => waiting.Done());
        batch.Clear();
    }

    private void Follow(KeptFrames kept)
    {
        news.Tell(kept.Advanced);
        ends.Post(kept.Ending);
        foreach (var job in kept.Unwanted.Where(_told.IsDue))
        {
            outbox.Post(new JobCancellationRequested { JobId = job, Reason = "the durable job has ended" });
        }
    }
}
