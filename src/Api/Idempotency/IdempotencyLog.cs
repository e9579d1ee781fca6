namespace LocalAI.Pipeline.Api.Idempotency;

internal static partial class IdempotencyLog
{
    [LoggerMessage(1, LogLevel.Warning, "What became of a request with an Idempotency-Key could not be noted: {Reason}")]
    public static partial void NotNoted(this ILogger logger, string reason);
}
