using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>The rows of files. What has expired is seen by nobody, whether it was removed already or not.</summary>
internal sealed class FileStore(IDbContextFactory<PipelineDatabase> databases, TimeProvider time)
{
    public async Task AddAsync(StoredFile file, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Add(file);
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task<StoredFile?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        if (!TimeOrderedId.Is(id, FileIds.Prefix))
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Visible(database, owner).SingleOrDefaultAsync(file => file.Id == id, cancellationToken);
    }

    /// <summary>One file more than a page has tells that there are more.</summary>
    public async Task<List<StoredFile>> ListAsync(string owner, FilePage page, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var files = Visible(database, owner);
        if (page.Purpose is { } purpose)
        {
            files = files.Where(file => file.Purpose == purpose);
        }

        if (page.After is { } after)
        {
            files = page.IsAscending ? files.Where(file => file.Id.CompareTo(after) > 0) : files.Where(file => file.Id.CompareTo(after) < 0);
        }

        files = page.IsAscending ? files.OrderBy(file => file.Id) : files.OrderByDescending(file => file.Id);
        return await files.Take(page.Limit + 1).ToListAsync(cancellationToken);
    }

    /// <summary>Whether it was there.</summary>
    public async Task<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Visible(database, owner).Where(file => file.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    /// <summary>Removes the rows of some files that have expired, and returns their ids.</summary>
    public async Task<List<string>> DeleteExpiredAsync(int most, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var ids = await database.Set<StoredFile>().Where(file => file.ExpiresAt <= now).OrderBy(file => file.ExpiresAt).Select(file => file.Id).Take(most).ToListAsync(cancellationToken);
        await database.Set<StoredFile>().Where(file => ids.Contains(file.Id)).ExecuteDeleteAsync(cancellationToken);
        return ids;
    }

    /// <summary>Those of some ids that have a row.</summary>
    public async Task<HashSet<string>> KnownAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<StoredFile>().Where(file => ids.Contains(file.Id)).Select(file => file.Id).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
    }

    private IQueryable<StoredFile> Visible(PipelineDatabase database, string owner)
    {
        var now = time.GetUtcNow();
        return database.Set<StoredFile>().AsNoTracking().Where(file => file.Owner == owner && (file.ExpiresAt == null || file.ExpiresAt > now));
    }
}
