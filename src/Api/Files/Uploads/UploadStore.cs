using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Files.Uploads;

/// <summary>The rows of uploads and their parts.</summary>
internal sealed class UploadStore(IDbContextFactory<PipelineDatabase> databases, TimeProvider time)
{
    public async Task AddAsync(Upload upload, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Add(upload);
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task AddAsync(UploadPart part, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Add(part);
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task<Upload?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        if (!TimeOrderedId.Is(id, Upload.Prefix))
        {
            return null;
        }

        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<Upload>().AsNoTracking().SingleOrDefaultAsync(upload => upload.Id == id && upload.Owner == owner && upload.ExpiresAt > now, cancellationToken);
    }

    public async Task<Dictionary<string, long>> PartsAsync(string uploadId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<UploadPart>().Where(part => part.UploadId == uploadId).ToDictionaryAsync(part => part.Id, part => part.Bytes, StringComparer.Ordinal, cancellationToken);
    }

    /// <summary>Makes a file of an upload, if it is still pending. Its row and the upload's end are one.</summary>
    public async Task<bool> TryCompleteAsync(Upload upload, StoredFile file, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var changed = await database.Set<Upload>().Where(other => other.Id == upload.Id && other.State == UploadState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(other => other.State, UploadState.Completed).SetProperty(other => other.FileId, file.Id), cancellationToken);
        if (changed == 0)
        {
            return false;
        }

        database.Add(file);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public async Task<bool> TryCancelAsync(string id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<Upload>().Where(upload => upload.Id == id && upload.State == UploadState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(upload => upload.State, UploadState.Cancelled), cancellationToken) > 0;
    }

    public async Task DeletePartsAsync(string uploadId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Set<UploadPart>().Where(part => part.UploadId == uploadId).ExecuteDeleteAsync(cancellationToken);
    }

    public async Task<List<string>> ExpiredAsync(int most, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<Upload>().Where(upload => upload.ExpiresAt <= now).OrderBy(upload => upload.ExpiresAt).Select(upload => upload.Id).Take(most).ToListAsync(cancellationToken);
    }

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await DeletePartsAsync(id, cancellationToken);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Set<Upload>().Where(upload => upload.Id == id).ExecuteDeleteAsync(cancellationToken);
    }
}
