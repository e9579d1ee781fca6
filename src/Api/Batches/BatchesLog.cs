using LocalAI.Pipeline.Api.Batches.Rows;

namespace LocalAI.Pipeline.Api.Batches;

internal static partial class BatchesLog
{
    [LoggerMessage(1, LogLevel.Information, "Batch {Batch} runs here from its state {State} on")]
    public static partial void Claimed(this ILogger logger, string batch, BatchState state);

    [LoggerMessage(2, LogLevel.Information, "Batch {Batch} does not run here any more; another process goes on with it")]
    public static partial void LeftToOthers(this ILogger logger, string batch);

    [LoggerMessage(3, LogLevel.Warning, "Batch {Batch} pauses and goes on later: {Reason}")]
    public static partial void Paused(this ILogger logger, string batch, string reason);

    [LoggerMessage(4, LogLevel.Error, "Batch {Batch} failed in a way that nobody foresaw")]
    public static partial void Broken(this ILogger logger, Exception exception, string batch);

    [LoggerMessage(5, LogLevel.Warning, "Batches cannot be looked for now: {Reason}")]
    public static partial void LookFailed(this ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Warning, "Old batches could not be removed now and will be later: {Reason}")]
    public static partial void RemovalFailed(this ILogger logger, string reason);
}
