using System.Collections.ObjectModel;

namespace LocalAI.Pipeline.Backends.Protocol;

/// <summary>
/// A call that failed: thrown by a <see cref="BackendService"/> to answer its caller, and by a <see cref="BackendClient"/>
/// with what the backend answered or what happened to the connection.
/// </summary>
public sealed class BackendCallException : Exception
{
    /// <summary>Fails a call.</summary>
    /// <param name="status">Anything but <see cref="GrpcStatus.Ok"/>.</param>
    /// <param name="message">For the caller; travels with the status, cut at 2,048 bytes.</param>
    /// <param name="innerException">Stays on this side.</param>
    public BackendCallException(GrpcStatus status, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(status, GrpcStatus.Ok);
        Status = status;
    }

    /// <summary>Why it failed.</summary>
    public GrpcStatus Status { get; }

    /// <summary>Further trailers (lower-case ASCII names) beside status and message: to send in a service, as received in a client.</summary>
    public IReadOnlyDictionary<string, string> Trailers { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
