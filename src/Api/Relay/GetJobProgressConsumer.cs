using LocalAI.Pipeline.Messages.Jobs;
using MassTransit;

namespace LocalAI.Pipeline.Api.Relay;

/// <summary>Answers a worker that took a command again. Asked twice, it opens two attempts, and the older one is fenced.</summary>
internal sealed class GetJobProgressConsumer(JobRelay relay) : IConsumer<GetJobProgress>
{
    public Task Consume(ConsumeContext<GetJobProgress> context) => context.RespondAsync(relay.OpenAttempt(context.Message));
}
