namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>What became of frames.</summary>
/// <param name="Advanced">Jobs that have something new for their followers.</param>
/// <param name="Ending">Jobs whose last delta is in the log.</param>
/// <param name="Unwanted">Jobs that a worker is at though they have ended or are unknown.</param>
internal sealed record KeptFrames(IReadOnlyList<Guid> Advanced, IReadOnlyList<Guid> Ending, IReadOnlyList<Guid> Unwanted);
