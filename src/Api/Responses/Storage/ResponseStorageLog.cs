namespace LocalAI.Pipeline.Api.Responses.Storage;

internal static partial class ResponseStorageLog
{
    [LoggerMessage(1, LogLevel.Information, "{Count} responses were over their time and are removed")]
    public static partial void ResponsesExpired(this ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "Responses over their time are not removed now, because the database cannot be reached: {Reason}")]
    public static partial void ExpiryPostponed(this ILogger logger, string reason);
}
