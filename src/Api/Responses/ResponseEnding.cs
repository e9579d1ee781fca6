using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Responses.Storage;
using LocalAI.Pipeline.Api.Responses.Writing;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>What happens between a response's last delta and the moment that its client hears of the end: it is kept, so that who hears of it finds it.</summary>
internal sealed class ResponseEnding(ResponseStore store, TimeProvider time, ILogger<ResponseEnding> logger)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public Task KeepAsync(ResponseGeneration generation, ResponseState state, CancellationToken cancellationToken) =>
        store.KeepAsync(generation.Head, generation.Origin, state, cancellationToken);

    /// <summary>A failure is kept where that is possible; its client hears of it anyway. A conversation gets nothing of it.</summary>
    public async Task KeepFailureAsync(ResponseGeneration generation, ResponseState state, CancellationToken cancellationToken)
    {
        try
        {
            await store.KeepAsync(generation.Head, generation.Origin with { ConversationId = null }, state, cancellationToken);
        }
        catch (Exception e) when (DatabaseErrors.IsLoss(e))
        {
            logger.FailureNotKept(generation.Head.Id, e.GetBaseException().Message);
        }
    }
}
