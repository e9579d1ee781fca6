using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Relay;

/// <summary>What the relay has to do after something happened to a job.</summary>
/// <param name="AskAgain">The worker shall send again from the next sequence number.</param>
/// <param name="HasEnded">The job delivered its last delta.</param>
/// <param name="Failure">The relay gives the job up.</param>
internal readonly record struct JobOutcome(bool AskAgain = false, bool HasEnded = false, JobFailure? Failure = null)
{
    public static JobOutcome Fail(FailureCode code, string message) => new(Failure: new JobFailure { Code = code, Message = message });
}
