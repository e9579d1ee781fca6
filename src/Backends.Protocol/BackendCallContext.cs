using System.Collections.ObjectModel;

namespace LocalAI.Pipeline.Backends.Protocol;

/// <summary>What a <see cref="BackendService"/> knows of a call beside its request.</summary>
/// <param name="cancellationToken">Fires when the caller resets the call or vanishes, the deadline passes, or the backend shuts down.</param>
/// <param name="deadline">When the caller gives up, if it said so.</param>
/// <param name="requestHeaders">The caller's metadata, by lower-case name; read when somebody asks for it.</param>
public sealed class BackendCallContext(
    CancellationToken cancellationToken, DateTimeOffset? deadline = null, Func<IReadOnlyDictionary<string, string>>? requestHeaders = null)
{
    private IReadOnlyDictionary<string, string>? _requestHeaders;

    /// <summary>Fires when the caller resets the call or vanishes, the deadline passes, or the backend shuts down.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>When the caller gives up, if it said so.</summary>
    public DateTimeOffset? Deadline { get; } = deadline;

    /// <summary>The caller's metadata, by lower-case name. Only valid while the call runs.</summary>
    public IReadOnlyDictionary<string, string> RequestHeaders =>
        _requestHeaders ??= requestHeaders?.Invoke() ?? ReadOnlyDictionary<string, string>.Empty;
}
