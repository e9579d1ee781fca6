using LocalAI.Pipeline.Api.Relay;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>A response that is being made for a waiting client. Disposing it before its end cancels it.</summary>
internal sealed record ResponseGeneration(ResponseHead Head, ResponseOrigin Origin, JobSubscription Reader) : IDisposable
{
    public void Dispose() => Reader.Dispose();
}
