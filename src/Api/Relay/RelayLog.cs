using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Relay;

internal static partial class RelayLog
{
    [LoggerMessage(1, LogLevel.Information, "Job {Job}: worker {Worker} took it again; wanted: {Wanted}, attempt {Attempt} goes on with delta {Sequence}")]
    public static partial void AttemptAsked(this ILogger logger, Guid job, string worker, bool wanted, int attempt, long sequence);

    [LoggerMessage(2, LogLevel.Information, "Job {Job}: deltas of attempt {Attempt} are asked for again from {Sequence}")]
    public static partial void DeltasMissing(this ILogger logger, Guid job, int attempt, long sequence);

    [LoggerMessage(3, LogLevel.Warning, "Job {Job} of request {RequestId} is given up, {Code}: {Reason}")]
    public static partial void JobGivenUp(this ILogger logger, Guid job, string requestId, FailureCode code, string reason);

    [LoggerMessage(4, LogLevel.Warning, "A message to the workers about job {Job} could not be sent ({Attempt} times tried): {Reason}")]
    public static partial void NotSent(this ILogger logger, Guid job, int attempt, string reason);

    [LoggerMessage(5, LogLevel.Warning, "A message to the workers about job {Job} is dropped: {Capacity} others wait to be sent")]
    public static partial void OutboxFull(this ILogger logger, Guid job, int capacity);
}
