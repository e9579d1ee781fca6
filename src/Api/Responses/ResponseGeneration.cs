using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Api.Responses.Items;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>A response that is being made for a waiting client. Disposing it before its end cancels it.</summary>
/// <param name="Items">What it goes on from, and then its own items.</param>
internal sealed record ResponseGeneration(ResponseHead Head, ResponseOrigin Origin, IReadOnlyList<ResponseItem> Items, JobSubscription Reader) : IDisposable
{
    public void Dispose() => Reader.Dispose();
}
