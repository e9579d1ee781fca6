using LocalAI.Pipeline.Messages.Jobs;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Hosting.Jobs;

/// <summary>Stops a job that runs here, or remembers that it need not begin.</summary>
internal sealed class JobCancellationRequestedConsumer(JobRegistry jobs) : IConsumer<JobCancellationRequested>
{
    public Task Consume(ConsumeContext<JobCancellationRequested> context)
    {
        jobs.Cancel(context.Message.JobId);
        return Task.CompletedTask;
    }
}
