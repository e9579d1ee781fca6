using LocalAI.Pipeline.Api.Conversations;
using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Responses.Background;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Responses.Storage;

/// <summary>Responses that were kept. Every look asks for the owner as well: what is another's is not there.</summary>
internal sealed class ResponseStore(IDbContextFactory<PipelineDatabase> databases, DurableJobs.DurableJobs jobs, IOptions<ResponsesOptions> options, TimeProvider time)
{
    /// <summary>Keeps what ended, where the request wants that, and adds it to its conversation: both or neither.</summary>
    public async Task KeepAsync(ResponseHead head, ResponseOrigin origin, ResponseState state, CancellationToken cancellationToken)
    {
        if (!origin.IsStored && origin.ConversationId is null)
        {
            return;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (origin.ConversationId is { } conversation)
        {
            await ConversationStore.AppendAsync(database, conversation, origin.Owner, [.. origin.Input, .. state.Output], cancellationToken);
        }

        if (origin.IsStored)
        {
            database.Add(Row(head, origin, state));
            await database.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>Null where there is none, a client still waits for it, or it is another's.</returns>
    public async Task<KeptResponse?> FindAsync(Guid id, string owner, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var stored = await database.Set<StoredResponse>().AsNoTracking().FirstOrDefaultAsync(response => response.Id == id && response.Owner == owner, cancellationToken);
        return stored is not null ? KeptResponse.Of(stored)
            : await JobAsync(id, owner, cancellationToken) is { } job ? KeptResponse.Of(job)
            : null;
    }

    public async Task<bool> DeleteAsync(Guid id, string owner, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<StoredResponse>().Where(response => response.Id == id && response.Owner == owner).ExecuteDeleteAsync(cancellationToken) == 1
            || (await JobAsync(id, owner, cancellationToken) is not null && await jobs.DeleteAsync(id, owner, cancellationToken));
    }

    /// <summary>Removes what is over its time.</summary>
    public async Task<int> RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<StoredResponse>().Where(response => response.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<DurableJob?> JobAsync(Guid id, string owner, CancellationToken cancellationToken) =>
        await jobs.FindAsync(id, owner, cancellationToken) is { Kind: ResponseJobKind.KindName } job ? job : null;

    private StoredResponse Row(ResponseHead head, ResponseOrigin origin, ResponseState state)
    {
        var created = DateTimeOffset.FromUnixTimeSeconds(head.CreatedAt);
        return new StoredResponse
        {
            Id = head.JobId,
            Owner = origin.Owner,
            PreviousId = origin.PreviousId,
            Input = JsonText.Of(json => ItemJson.WriteAll(json, origin.Input)),
            Output = JsonText.Of(json => ItemJson.WriteAll(json, state.Output)),
            Body = JsonText.Of(json => ResponseJson.Write(json, head, state)),
            CreatedAt = created,
            ExpiresAt = created + options.Value.Retention,
        };
    }
}
