using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>Hands frames straight to the relay of the same process.</summary>
internal sealed class InMemoryDeltaLink(IServiceProvider services) : IDeltaSender
{
    // Late, since the relay may itself want a sender.
    private readonly Lazy<IDeltaSink?> _sink = new(services.GetService<IDeltaSink>);

    // What a token costs on its way to a client is less than a small model's step, but not by far: from 500 tokens/s on they go together.
    public TimeSpan FrameInterval { get; } = TimeSpan.FromMilliseconds(2);

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
