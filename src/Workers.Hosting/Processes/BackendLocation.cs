using LocalAI.Pipeline.Backends.Protocol;

namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>Where a backend is: exactly one is set.</summary>
/// <param name="Command">It is started here.</param>
/// <param name="Address">It runs elsewhere.</param>
/// <param name="Hosted">It runs in this process.</param>
internal sealed record BackendLocation(BackendCommand? Command = null, BackendAddress? Address = null, HostedBackend? Hosted = null);
