using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>
/// Where an API instance takes frames of durable jobs, from a durable queue that all instances share. A process that
/// registers one receives them.
/// </summary>
public interface IDurableDeltaSink
{
    /// <summary>
    /// Takes a frame and returns when it is kept for good; until then it belongs to the queue, and comes again if this
    /// process dies. The same may come twice, and frames of one job in another order.
    /// </summary>
    Task AcceptAsync(DeltaFrame frame, CancellationToken cancellationToken);
}
