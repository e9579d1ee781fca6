using System.Collections.ObjectModel;

namespace LocalAI.Pipeline.Backends.Protocol;

/// <summary>Limits and keep-alive of a <see cref="BackendClient"/>.</summary>
public sealed record BackendClientOptions
{
    /// <summary>
    /// For a backend of anybody's. gRPC's own servers close a connection that sees pings more often than every five minutes
    /// while no data flows ("too_many_pings"), which would end a long image or transcription: so a hung process is noticed after
    /// that time only.
    /// </summary>
    public static BackendClientOptions AnyBackend { get; } = new() { KeepAlivePingDelay = TimeSpan.FromSeconds(310), KeepAlivePingTimeout = TimeSpan.FromSeconds(20) };

    /// <summary>For our own backends, whose server allows pings at any rate: a stopped or vanished process is noticed within 30 s.</summary>
    public static BackendClientOptions OwnBackend { get; } = new() { KeepAlivePingDelay = TimeSpan.FromSeconds(10), KeepAlivePingTimeout = TimeSpan.FromSeconds(20) };

    /// <summary>While a call runs and nothing has come for this long, the backend must answer a ping.</summary>
    public required TimeSpan KeepAlivePingDelay { get; init; }

    /// <summary>How long it has for the answer; then all calls fail with <see cref="GrpcStatus.Unavailable"/>.</summary>
    public required TimeSpan KeepAlivePingTimeout { get; init; }

    /// <summary>
    /// How long a connection may take to open. A listening process on this machine accepts at once, even a busy one; this is
    /// for backends elsewhere.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest message in bytes, sent or received: 64 MiB, over the 50 MiB of LocalAI's own programs.</summary>
    public int MaxMessageBytes { get; init; } = Wire.MessageSize.DefaultLimit;

    /// <summary>Metadata sent with every call (lower-case ASCII names), for example an authorization for a remote backend.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
