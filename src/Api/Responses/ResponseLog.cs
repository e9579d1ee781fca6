namespace LocalAI.Pipeline.Api.Responses;

internal static partial class ResponseLog
{
    [LoggerMessage(1, LogLevel.Warning, "That response {Response} failed could not be kept, because the database cannot be reached: {Reason}")]
    public static partial void FailureNotKept(this ILogger logger, string response, string reason);
}
