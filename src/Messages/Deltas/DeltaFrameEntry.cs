namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>One delta of one job in a frame.</summary>
public sealed record DeltaFrameEntry
{
    /// <summary>The job.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The attempt, from 1; deltas of an attempt that was superseded are refused by the relay.</summary>
    public required int Attempt { get; init; }

    /// <summary>The delta.</summary>
    public required GenerationDelta Delta { get; init; }
}
