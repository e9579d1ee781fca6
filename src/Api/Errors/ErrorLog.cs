
namespace LocalAI.Pipeline.Api.Errors;

internal static partial class ErrorLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed in a way that nobody foresaw, request {RequestId}")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string method, string path, string requestId);

    [LoggerMessage(2, LogLevel.Warning, "{Method} {Path} needs the database, which cannot be used now ({Reason}), request {RequestId}")]
    public static partial void DatabaseLost(this ILogger logger, string method, string path, string requestId, string reason);
}
