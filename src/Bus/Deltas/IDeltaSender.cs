using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>A worker's way to send deltas to an API instance. Safe to use from several threads.</summary>
public interface IDeltaSender
{
    /// <summary>The least time from one frame to the next to the same instance, so that frames do not take the processor from the engine.</summary>
    TimeSpan FrameInterval { get; }

    /// <summary>
    /// Sends one frame and waits until it was handed on. Frames of one caller that awaits each call arrive in order, some
    /// perhaps twice.
    /// </summary>
    /// <exception cref="BusUnavailableException">The broker could not be reached; send again later, within a bound.</exception>
    ValueTask<DeltaDelivery> SendAsync(DeltaFrame frame, CancellationToken cancellationToken);
}
