using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Backends.Protocol.Server;

internal static partial class BackendServerLog
{
    [LoggerMessage(1, LogLevel.Error, "The call {Path} failed unexpectedly")]
    public static partial void CallFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "The caller of {Path} is gone")]
    public static partial void CallAborted(ILogger logger, string path);

    [LoggerMessage(3, LogLevel.Information, "Stopping: {Reason}")]
    public static partial void Stopping(ILogger logger, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The backend's service did not let go within {Grace}; the process ends without it")]
    public static partial void DisposalTimedOut(ILogger logger, TimeSpan grace);
}
