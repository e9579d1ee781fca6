using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>One thing that whoever follows a job sees: that a worker took it (once, before the first delta of a worker), or its next delta.</summary>
/// <param name="Delta">The delta; null where the step is the job's start.</param>
internal readonly record struct DurableJobStep(GenerationDelta? Delta)
{
    /// <summary>Whether it is the job's start.</summary>
    public bool IsStart => Delta is null;
}
