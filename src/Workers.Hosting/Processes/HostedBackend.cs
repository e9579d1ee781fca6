using LocalAI.Pipeline.Backends.Protocol;

namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>A backend without an engine, which the worker serves to itself over the same protocol instead of starting a process.</summary>
/// <param name="Name">What models' files call it.</param>
/// <param name="Create">Makes its service, once for each model.</param>
public sealed record HostedBackend(string Name, Func<BackendService> Create);
