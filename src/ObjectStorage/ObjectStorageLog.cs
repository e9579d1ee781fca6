using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.ObjectStorage;

internal static partial class ObjectStorageLog
{
    [LoggerMessage(1, LogLevel.Information, "Waiting for the object store: {Reason}")]
    public static partial void WaitingForStore(this ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Information, "Removed what {Count} interrupted writes had left in the object store")]
    public static partial void LeftoversRemoved(this ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Warning, "Interrupted writes could not be removed from the object store: {Reason}")]
    public static partial void CleanUpFailed(this ILogger logger, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The write of {Key} failed and its parts could not be removed at once; they will be later: {Reason}")]
    public static partial void AbortFailed(this ILogger logger, string key, string reason);
}
