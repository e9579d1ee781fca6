namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>How a job ended.</summary>
/// <param name="State">One of the states that end a job.</param>
/// <param name="Result">JSON that only the job's kind reads.</param>
internal sealed record DurableJobOutcome(DurableJobState State, string Result);
