namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>One delta of a durable job in the event log. Rows come in any order; readers see only the contiguous prefix.</summary>
internal sealed class DurableJobDelta
{
    public required Guid JobId { get; init; }

    public required long Sequence { get; init; }

    /// <summary>The delta's bytes (<see cref="Messages.Deltas.StoredDeltaCodec"/>).</summary>
    public required byte[] Delta { get; init; }
}
