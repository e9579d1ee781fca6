using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>
/// What one feature makes of its durable jobs. Register it as a singleton <c>IDurableJobKind</c>. It may be asked more than
/// once for the same job, on several instances at once, so it must answer the same each time and do nothing else.
/// </summary>
internal interface IDurableJobKind
{
    /// <summary>The name that is stored in <see cref="DurableJob.Kind"/>.</summary>
    string Name { get; }

    /// <summary>The end of a job whose last delta is in the log.</summary>
    /// <param name="job">The job before its end; <see cref="DurableJob.StartedAt"/> is null where no worker ever had it.</param>
    /// <param name="deltas">All its deltas from 0 on. The last has a finish, or a failure; a cancelled job's is <see cref="FailureCode.Cancelled"/>.</param>
    DurableJobOutcome Complete(DurableJob job, IReadOnlyList<GenerationDelta> deltas);
}
