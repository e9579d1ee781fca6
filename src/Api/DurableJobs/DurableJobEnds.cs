using System.Threading.Channels;
using LocalAI.Pipeline.Api.Persistence;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>
/// Makes the end of a job from its deltas, once the last of them is in the log. Any instance may, any number of times: the
/// first that gets to the row ends it. What is dropped here is found by the reconciler.
/// </summary>
internal sealed class DurableJobEnds(
    DurableJobStore store, IEnumerable<IDurableJobKind> kinds, DurableJobNews news, ILogger<DurableJobEnds> logger) : BackgroundService
{
    // More than end at once; a Guid each.
    private const int Capacity = 4096;

    private readonly Dictionary<string, IDurableJobKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);
    private readonly Channel<Guid> _posted = Channel.CreateBounded<Guid>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Ends the jobs soon, if they can be.</summary>
    public void Post(IEnumerable<Guid> jobs)
    {
        foreach (var job in jobs)
        {
            _posted.Writer.TryWrite(job);
        }
    }

    /// <summary>Ends the job now if its end is in the log without a gap; false where it is not, or the job had ended.</summary>
    public async Task<bool> TryFinishAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await store.FindCompleteAsync(id, cancellationToken) is not var (job, deltas))
        {
            return false;
        }

        var outcome = Complete(job, deltas);
        if (!await store.TryFinishAsync(job, outcome, cancellationToken))
        {
            return false;
        }

        logger.Ended(id, job.Kind, outcome.State);
        news.Tell([id]);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TryFinishAsync(await _posted.Reader.ReadAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (DatabaseErrors.IsLoss(e))
            {
                logger.DatabaseAway("ending jobs", e.GetBaseException().Message);
            }
        }
    }

    private DurableJobOutcome Complete(DurableJob job, IReadOnlyList<Messages.Deltas.GenerationDelta> deltas)
    {
        if (!_kinds.TryGetValue(job.Kind, out var kind))
        {
            logger.KindUnknown(job.Id, job.Kind);
            return new DurableJobOutcome(DurableJobState.Failed, "null");
        }

        try
        {
            return kind.Complete(job, deltas);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A defect there would come again each time; the job must end all the same.
            logger.EndFailed(e, job.Id, job.Kind);
            return new DurableJobOutcome(DurableJobState.Failed, "null");
        }
    }
}
