namespace LocalAI.Pipeline.Workers.Hosting.Processes;

/// <summary>How a backend is started. The address is added as <c>--addr</c>.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments before <c>--addr</c>.</param>
/// <param name="WorkingDirectory">Where it runs.</param>
/// <param name="IsOurs">It takes a Unix socket, and watches the process that <c>--parent</c> names.</param>
internal sealed record BackendCommand(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory, bool IsOurs);
