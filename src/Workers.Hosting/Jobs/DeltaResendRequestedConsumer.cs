using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Workers.Hosting.Deltas;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Hosting.Jobs;

/// <summary>Sends a job's deltas again, where this worker has them.</summary>
internal sealed class DeltaResendRequestedConsumer(DeltaReporter reporter) : IConsumer<DeltaResendRequested>
{
    public Task Consume(ConsumeContext<DeltaResendRequested> context)
    {
        reporter.Resend(context.Message);
        return Task.CompletedTask;
    }
}
