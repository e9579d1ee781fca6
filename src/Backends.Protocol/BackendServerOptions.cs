using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalAI.Pipeline.Backends.Protocol;

/// <summary>Limits and log of a <see cref="BackendServer"/>.</summary>
public sealed record BackendServerOptions
{
    /// <summary>Largest message in bytes, received or sent: 64 MiB, over the 50 MiB of LocalAI's own programs.</summary>
    public int MaxMessageBytes { get; init; } = Wire.MessageSize.DefaultLimit;

    /// <summary>How long calls that run may take to end after their tokens fired, when the server stops: one decode step and its flush.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where unexpected failures of calls are logged.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
