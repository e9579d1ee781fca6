using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Bus.Deltas;

internal static partial class DeltaLinkLog
{
    [LoggerMessage(4101, LogLevel.Warning, "The link for token deltas was lost, and is tried again until it is back: {Reason}")]
    public static partial void LinkLost(this ILogger logger, string reason);

    [LoggerMessage(4102, LogLevel.Information, "The link for token deltas is back")]
    public static partial void LinkRestored(this ILogger logger);

    [LoggerMessage(4103, LogLevel.Warning, "A message of {Bytes} bytes in {Queue} is not a delta frame and is skipped, as are others of the kind until the link is made again: {Reason}")]
    public static partial void FrameUnreadable(this ILogger logger, int bytes, string queue, string reason);

    [LoggerMessage(4104, LogLevel.Error, "The taker of token deltas threw; the frame is lost and will be asked for again")]
    public static partial void SinkThrew(this ILogger logger, Exception exception);
}
