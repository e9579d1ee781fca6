namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>Where a transport keeps its queues, for whoever sends to one.</summary>
internal interface ICommandQueues
{
    /// <summary>The address to send to. A command queue exists afterwards; an instance's own queue is waited for, since only its owner makes it.</summary>
    ValueTask<Uri> OpenAsync(string queue, CancellationToken cancellationToken);

    /// <summary>A message came back from the queue: it must be made again before the next one is sent.</summary>
    void Forget(string queue);
}
