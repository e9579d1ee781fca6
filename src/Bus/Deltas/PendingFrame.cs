namespace LocalAI.Pipeline.Bus.Deltas;

/// <summary>A frame that the broker has not confirmed yet.</summary>
internal sealed class PendingFrame(long publishedAt)
{
    private readonly TaskCompletionSource<DeltaDelivery> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A timestamp of the <see cref="TimeProvider"/>.</summary>
    public long PublishedAt => publishedAt;

    public Task<DeltaDelivery> Outcome => _outcome.Task;

    /// <summary>Set when the broker found no queue for it.</summary>
    public bool IsReturned { get; set; }

    public void Confirm() => _outcome.TrySetResult(IsReturned ? DeltaDelivery.NoReceiver : DeltaDelivery.Delivered);

    public void Fail(Exception reason) => _outcome.TrySetException(reason);
}
