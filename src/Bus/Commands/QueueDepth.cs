namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>A look at one queue.</summary>
/// <param name="Waiting">Messages that no consumer has taken.</param>
/// <param name="Consumers">Consumers that take from it.</param>
public readonly record struct QueueDepth(long Waiting, int Consumers);
