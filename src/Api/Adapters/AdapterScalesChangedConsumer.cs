using LocalAI.Pipeline.Messages.Text;
using MassTransit;

namespace LocalAI.Pipeline.Api.Adapters;

/// <summary>Hears of scales that were set, here or at another instance.</summary>
internal sealed class AdapterScalesChangedConsumer(AdapterScales scales) : IConsumer<AdapterScalesChanged>
{
    public Task Consume(ConsumeContext<AdapterScalesChanged> context)
    {
        scales.Change(context.Message);
        return Task.CompletedTask;
    }
}
