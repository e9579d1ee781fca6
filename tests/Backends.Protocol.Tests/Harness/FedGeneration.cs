namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>A generation of the <see cref="FeedingService"/>: its request, how its stream ends, and whether it was cancelled.</summary>
internal sealed record FedGeneration(PredictOptions Request)
{
    public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
