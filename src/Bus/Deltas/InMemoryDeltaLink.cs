using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>Hands frames straight to the relay of the same process.</summary>
internal sealed class InMemoryDeltaLink(IServiceProvider services) : IDeltaSender
{
    // Late, since the relay may itself want a sender.
    private readonly Lazy<IDeltaSink?> _sink = new(services.GetService<IDeltaSink>);

    // A frame is a method call.
    public TimeSpan FrameInterval => TimeSpan.Zero;

    public ValueTask<DeltaDelivery> SendAsync(DeltaFrame frame, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_sink.Value is not { } sink)
        {
            return ValueTask.FromResult(DeltaDelivery.NoReceiver);
        }

        sink.Accept(frame);
        return ValueTask.FromResult(DeltaDelivery.Delivered);
    }
}
