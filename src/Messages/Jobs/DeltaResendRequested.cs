namespace LocalAI.Pipeline.Messages.Jobs;

/// <summary>
/// Event, published by an API instance that lost its delta queue or saw a gap: the worker that ran this attempt sends
/// its deltas again from <see cref="NextSequence"/>. A duplicate only costs frames that the relay drops.
/// </summary>
public sealed record DeltaResendRequested
{
    /// <summary>The job.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The attempt that the relay follows; another attempt's worker stays silent.</summary>
    public required int Attempt { get; init; }

    /// <summary>The first sequence number that the relay lacks.</summary>
    public required long NextSequence { get; init; }
}
