using LocalAI.Pipeline.Api.Relay;

namespace LocalAI.Pipeline.Api.Completions;

/// <summary>Running completions. Disposing them before their end cancels them.</summary>
internal sealed record CompletionGeneration(CompletionHead Head, JobSubscription Reader) : IDisposable
{
    public void Dispose() => Reader.Dispose();
}
