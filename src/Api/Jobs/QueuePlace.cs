namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>One job's place among those that wait for a worker; given back once, by whoever sees first that it waits no more.</summary>
internal sealed class QueuePlace(WaitingLine line)
{
    private int _isReleased;

    public void Release()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            line.Leave();
        }
    }

    /// <summary>Whether a job that waited so long waits no longer, and why, for the caller.</summary>
    public bool HasExpired(TimeSpan waited, out string reason) => line.HasExpired(waited, out reason);
}
