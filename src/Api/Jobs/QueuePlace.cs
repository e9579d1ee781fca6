using LocalAI.Pipeline.Api.Limits;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>
/// One job's place among those that wait for a worker: it is held back until its turn, then handed on to the broker, then
/// taken by a worker, then over. <see cref="WaitingLine"/> changes its stage.
/// </summary>
internal sealed class QueuePlace(WaitingLine line, string owner, KeyUsage usage)
{
    public enum Stage
    {
        Entered,
        Held,
        HandedOn,
        Taken,
        Over,
    }

    public string Owner => owner;

    public KeyUsage Usage => usage;

    /// <summary>Guarded by the line.</summary>
    public Stage Now { get; set; }

    /// <summary>Where it is held; guarded by the line.</summary>
    public LinkedListNode<HeldJob>? Node { get; set; }

    /// <summary>A worker has it.</summary>
    public void Take() => line.Take(this);

    /// <summary>Nothing is to be done for it any more, however it ended.</summary>
    /// <param name="tokens">Tokens of prompt and answer that it took.</param>
    public void End(int tokens) => line.End(this, tokens);

    /// <summary>Whether a job that waited so long waits no longer, and why, for the caller.</summary>
    public bool HasExpired(TimeSpan waited, out string reason) => line.HasExpired(waited, out reason);
}
