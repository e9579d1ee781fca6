using LocalAI.Pipeline.Api.Relay;

namespace LocalAI.Pipeline.Api.Anthropic;

/// <summary>A running answer. Disposing it before its end cancels it.</summary>
internal sealed record MessageGeneration(MessageHead Head, JobSubscription Reader) : IDisposable
{
    public void Dispose() => Reader.Dispose();
}
