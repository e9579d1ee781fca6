using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Hosting.Jobs;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>Takes one generation. The job outlives the delivery: when the broker delivers it again, it is found running.</summary>
internal sealed class GenerateTextConsumer(JobRegistry jobs, TextJobs textJobs) : IConsumer<GenerateText>
{
    public Task Consume(ConsumeContext<GenerateText> context)
    {
        var (command, redelivered) = (context.Message, context.ReceiveContext.Redelivered);
        return jobs.RunAsync(command.JobId, job => textJobs.RunAsync(command, redelivered, job), context.CancellationToken);
    }
}
