using LocalAI.Pipeline.Api.Relay;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>Running completions. Disposing them before their end cancels them.</summary>
internal sealed record LlamaCompletion(LlamaHead Head, JobSubscription Reader) : IDisposable
{
    public void Dispose() => Reader.Dispose();
}
