using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>A frame whose giver waits until it is kept.</summary>
internal sealed class WaitingFrame(DeltaFrame frame)
{
    private readonly TaskCompletionSource _kept = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DeltaFrame Frame => frame;

    public Task Kept => _kept.Task;

    public void Done() => _kept.TrySetResult();
}
