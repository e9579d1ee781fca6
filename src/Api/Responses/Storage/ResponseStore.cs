using LocalAI.Pipeline.Api.Conversations;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Responses.Storage;

/// <summary>Responses that were kept. Every look asks for the owner as well: what is another's is not there.</summary>
internal sealed class ResponseStore(IDbContextFactory<PipelineDatabase> databases, ConversationStore conversations, IOptions<ResponsesOptions> options, TimeProvider time)
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
            await conversations.AppendAsync(database, conversation, origin.Owner, [.. origin.Input, .. state.Output], cancellationToken);
        }

        if (origin.IsStored)
        {
            database.Add(Row(head, origin, state));
            await database.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>Null where there is none that has ended, or it is another's.</returns>
    public async Task<StoredResponse?> FindAsync(Guid id, string owner, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<StoredResponse>().AsNoTracking().FirstOrDefaultAsync(response => response.Id == id && response.Owner == owner, cancellationToken);
    }

    public async Task<bool> DeleteAsync(Guid id, string owner, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<StoredResponse>().Where(response => response.Id == id && response.Owner == owner).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    /// <summary>Removes what is over its time.</summary>
    public async Task<int> RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<StoredResponse>().Where(response => response.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
    }

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
