namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>Looks at a command queue.</summary>
public interface IQueueInspector
{
    /// <summary>How many messages wait and how many consumers take from the queue; null when it does not exist or cannot be asked now.</summary>
    Task<QueueDepth?> GetDepthAsync(string queue, CancellationToken cancellationToken);
}
