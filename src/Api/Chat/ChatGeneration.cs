using LocalAI.Pipeline.Api.Relay;

namespace LocalAI.Pipeline.Api.Chat;

/// <summary>A running answer. Disposing it before its end cancels it.</summary>
internal sealed record ChatGeneration(ChatHead Head, JobSubscription Reader) : IDisposable
{
    public void Dispose() => Reader.Dispose();
}
