namespace LocalAI.Pipeline.Api.Files;

internal static partial class FilesLog
{
    [LoggerMessage(1, LogLevel.Warning, "The content of {File} could not be removed now and will be later: {Reason}")]
    public static partial void DiscardFailed(this ILogger logger, string file, string reason);

    [LoggerMessage(2, LogLevel.Information, "Removed {Files} expired files, {Uploads} ended uploads and {Orphans} contents without a row")]
    public static partial void CleanedUp(this ILogger logger, int files, int uploads, int orphans);

    [LoggerMessage(3, LogLevel.Warning, "Expired files could not be removed now and will be later")]
    public static partial void CleanUpFailed(this ILogger logger, Exception exception);
}
