using LocalAI.Pipeline.Messages.Jobs;
using MassTransit;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>Wakes this instance's followers.</summary>
internal sealed class DurableJobsAdvancedConsumer(DurableJobWatch watch) : IConsumer<DurableJobsAdvanced>
{
    public Task Consume(ConsumeContext<DurableJobsAdvanced> context)
    {
        watch.Wake(context.Message.JobIds);
        return Task.CompletedTask;
    }
}
