using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Reading;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Conversations;

/// <summary>Conversations with their items. Every look asks for the owner as well: what is another's is not there.</summary>
internal sealed class ConversationStore(IDbContextFactory<PipelineDatabase> databases, TimeProvider time)
{
    // What a model's context of a million tokens holds; all of it is read for each request that goes on from it.
    private const int MaxItems = 10_000;

    public async Task<Conversation> CreateAsync(string owner, string metadata, IReadOnlyList<ResponseItem> items, CancellationToken cancellationToken)
    {
        var conversation = new Conversation { Id = Guid.NewGuid(), Owner = owner, Metadata = metadata, CreatedAt = time.GetUtcNow() };
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        database.Add(conversation);
        await database.SaveChangesAsync(cancellationToken);
        await AppendAsync(database, conversation.Id, owner, items, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return conversation;
    }

    public async Task<Conversation?> FindAsync(Guid id, string owner, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Own(database, id, owner).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<bool> DescribeAsync(Guid id, string owner, string metadata, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Own(database, id, owner).ExecuteUpdateAsync(set => set.SetProperty(conversation => conversation.Metadata, metadata), cancellationToken) == 1;
    }

    public async Task<bool> DeleteAsync(Guid id, string owner, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await Own(database, id, owner).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        await database.Set<ConversationItem>().Where(item => item.ConversationId == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <returns>The items, the oldest first; null where there is no such conversation.</returns>
    public async Task<IReadOnlyList<ResponseItem>?> ItemsAsync(Guid id, string owner, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (!await Own(database, id, owner).AnyAsync(cancellationToken))
        {
            return null;
        }

        var items = await database.Set<ConversationItem>().AsNoTracking().Where(item => item.ConversationId == id).OrderBy(item => item.Place).Select(item => item.Item).ToListAsync(cancellationToken);
        return InputReader.ReadStored($"[{string.Join(',', items)}]");
    }

    /// <returns>The items as they were added; null where there is no such conversation.</returns>
    public async Task<IReadOnlyList<ResponseItem>?> AddAsync(Guid id, string owner, IReadOnlyList<ResponseItem> items, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var added = await AppendAsync(database, id, owner, items, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added;
    }

    public async Task<bool> RemoveAsync(Guid id, string owner, string itemId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Own(database, id, owner).AnyAsync(cancellationToken)
            && await database.Set<ConversationItem>().Where(item => item.ConversationId == id && item.ItemId == itemId).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    /// <summary>Adds items inside the caller's transaction. Taking the places locks the conversation, so nobody else's come between.</summary>
    /// <returns>The items with their ids; null where there is no such conversation (any more).</returns>
    /// <exception cref="ApiException">The conversation has no room.</exception>
    public static async Task<IReadOnlyList<ResponseItem>?> AppendAsync(PipelineDatabase database, Guid id, string owner, IReadOnlyList<ResponseItem> items, CancellationToken cancellationToken)
    {
        var count = items.Count;
        if (await Own(database, id, owner).ExecuteUpdateAsync(set => set.SetProperty(conversation => conversation.NextPlace, conversation => conversation.NextPlace + count), cancellationToken) == 0)
        {
            return null;
        }

        var first = await Own(database, id, owner).Select(conversation => conversation.NextPlace).FirstAsync(cancellationToken) - count;
        if (first + count > MaxItems)
        {
            throw RequestErrors.Create("conversation_too_long", $"A conversation has at most {MaxItems} items: begin another one.", "conversation");
        }

        var named = ItemIds.Named(items, id, first);
        database.AddRange(named.Select((item, index) => new ConversationItem { ConversationId = id, Place = first + index, ItemId = item.Id!, Item = JsonText.Of(json => ItemJson.Write(json, item)) }));
        await database.SaveChangesAsync(cancellationToken);
        return named;
    }

    private static IQueryable<Conversation> Own(PipelineDatabase database, Guid id, string owner) =>
        database.Set<Conversation>().Where(conversation => conversation.Id == id && conversation.Owner == owner);
}
