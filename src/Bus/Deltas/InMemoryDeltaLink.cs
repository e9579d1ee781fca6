using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>Hands frames straight to the relay of the same process, or to where it keeps those of durable jobs.</summary>
internal sealed class InMemoryDeltaLink(IServiceProvider services) : IDeltaSender
{
    // Late, since the relay may itself want a sender.
    private readonly Lazy<IDeltaSink?> _sink = new(services.GetService<IDeltaSink>);
    private readonly Lazy<IDurableDeltaSink?> _durableSink = new(services.GetService<IDurableDeltaSink>);

    // A frame is a method call.
    public TimeSpan FrameInterval => TimeSpan.Zero;

    public ValueTask<DeltaDelivery> SendAsync(DeltaFrame frame, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (frame.InstanceId == QueueNames.DurableInstance)
        {
            return KeepAsync(frame, cancellationToken);
        }

        if (_sink.Value is not { } sink)
        {
            return ValueTask.FromResult(DeltaDelivery.NoReceiver);
        }

        sink.Accept(frame);
        return ValueTask.FromResult(DeltaDelivery.Delivered);
    }

    private async ValueTask<DeltaDelivery> KeepAsync(DeltaFrame frame, CancellationToken cancellationToken)
    {
        if (_durableSink.Value is not { } sink)
        {
            return DeltaDelivery.NoReceiver;
        }

        await sink.AcceptAsync(frame, cancellationToken);
        return DeltaDelivery.Delivered;
    }
}
