namespace LocalAI.Pipeline.Api.DurableJobs;

internal static partial class DurableJobLog
{
    [LoggerMessage(1, LogLevel.Information, "Durable job {Job}: worker {Worker} took it; wanted: {Wanted}, attempt {Attempt} goes on with delta {Sequence}")]
    public static partial void AttemptAsked(this ILogger logger, Guid job, string worker, bool wanted, int attempt, long sequence);

    [LoggerMessage(2, LogLevel.Information, "Durable job {Job} of kind {Kind} has ended: {State}")]
    public static partial void Ended(this ILogger logger, Guid job, string kind, DurableJobState state);

    [LoggerMessage(3, LogLevel.Error, "The end of durable job {Job} could not be made by its kind {Kind}; it is failed without a result")]
    public static partial void EndFailed(this ILogger logger, Exception exception, Guid job, string kind);

    [LoggerMessage(4, LogLevel.Error, "Nobody here makes the end of durable job {Job} of kind {Kind}; it is failed without a result")]
    public static partial void KindUnknown(this ILogger logger, Guid job, string kind);

    [LoggerMessage(5, LogLevel.Warning, "The database cannot be used now for {Work}, and is tried again: {Reason}")]
    public static partial void DatabaseAway(this ILogger logger, string work, string reason);

    [LoggerMessage(6, LogLevel.Error, "{Frames} frames of durable jobs could not be kept in a way that nobody foresaw; their jobs go on from before them")]
    public static partial void FramesLost(this ILogger logger, Exception exception, int frames);

    [LoggerMessage(7, LogLevel.Warning, "News of {Jobs} durable jobs could not be told; their followers look by themselves: {Reason}")]
    public static partial void NewsNotSent(this ILogger logger, int jobs, string reason);

    [LoggerMessage(8, LogLevel.Warning, "The command of durable job {Job} could not be sent, and is sent again later: {Reason}")]
    public static partial void NotSent(this ILogger logger, Guid job, string reason);

    [LoggerMessage(9, LogLevel.Information, "The command of durable job {Job} is sent again: {Reason}")]
    public static partial void SentAgain(this ILogger logger, Guid job, string reason);

    [LoggerMessage(10, LogLevel.Information, "{Jobs} durable jobs were over their time and are removed")]
    public static partial void Removed(this ILogger logger, int jobs);
}
