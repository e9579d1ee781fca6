using LocalAI.Pipeline.Messages.Jobs;

namespace LocalAI.Pipeline.Api.Relay;

/// <summary>One of the two things that the relay tells workers.</summary>
internal readonly record struct RelayMessage(JobCancellationRequested? Cancellation, DeltaResendRequested? Resend)
{
    public Guid JobId => Cancellation?.JobId ?? Resend!.JobId;
}
