namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>
/// What travels from a worker to one API instance: the deltas of all that instance's jobs since the last frame, one
/// frame per decode step at most. May arrive twice; the relay drops what it has.
/// </summary>
public sealed record DeltaFrame
{
    /// <summary>The worker that sends it.</summary>
    public required string WorkerId { get; init; }

    /// <summary>The API instance it is for.</summary>
    public required string InstanceId { get; init; }

    /// <summary>New deltas, in order within a job.</summary>
    public required IReadOnlyList<DeltaFrameEntry> Entries { get; init; }

    /// <summary>
    /// Jobs that the worker holds, with or without a delta in this frame: sent when a job is taken and every few seconds
    /// after, so that silence means that the worker is gone.
    /// </summary>
    public IReadOnlyList<Guid> Alive { get; init; } = [];
}
