using LocalAI.Pipeline.Messages.Jobs;
using MassTransit;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>Answers a worker that took a durable job's command. Asked twice, it opens two attempts, and the older one is fenced.</summary>
internal sealed class GetDurableJobProgressConsumer(DurableJobStore store, DurableJobEnds ends, DurableJobNews news, ILogger<GetDurableJobProgressConsumer> logger) : IConsumer<GetJobProgress>
{
    public async Task Consume(ConsumeContext<GetJobProgress> context)
    {
        var request = context.Message;
        var progress = await store.OpenAttemptAsync(request, context.CancellationToken);
        logger.AttemptAsked(request.JobId, request.WorkerId, progress.Wanted, progress.Attempt, progress.NextSequence);
        await context.RespondAsync(progress);
        if (!progress.Wanted)
        {
            // Its attempts may just have run out.
            ends.Post([request.JobId]);
        }

        news.Tell([request.JobId]);
    }
}
