using LocalAI.Pipeline.Messages;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>Makes the row of an order: who, where, when and for how long.</summary>
internal sealed class DurableJobTerms(IOptions<DurableJobOptions> options, TimeProvider time)
{
    public DurableJob Apply(DurableJobOrder order)
    {
        var now = time.GetUtcNow();
        var command = order.Draft with
        {
            JobId = order.Id,
            Model = order.Model,
            Owner = order.Origin.Owner,
            RequestId = order.Origin.RequestId,
            InstanceId = QueueNames.DurableInstance,
            AcceptedAt = now,
            StartBefore = now + options.Value.QueueTimeout,
        };
        return new DurableJob
        {
            Id = order.Id,
            Owner = command.Owner,
            Kind = order.Kind,
            Model = command.Model,
            Lane = command.Lane,
            Command = DurableJobSender.Write(command),
            Request = order.Request,
            CreatedAt = now,
            SentAt = now,
            StartBefore = now + options.Value.QueueTimeout,
            ExpiresAt = now + options.Value.Retention,
        };
    }
}
