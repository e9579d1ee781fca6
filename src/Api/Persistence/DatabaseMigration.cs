using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Persistence;

/// <summary>Brings the tables to this release; of several processes that start at once, one does it and the others wait.</summary>
internal sealed class DatabaseMigration(IDbContextFactory<PipelineDatabase> databases, IOptions<DatabaseOptions> options, ILogger<DatabaseMigration> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var alone = options.Value.Provider == DatabaseProvider.Sqlite ? SqliteFileLock.Take(Path.GetFullPath(options.Value.File)) : null;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var missing = (await database.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        logger.Migrating(string.Join(", ", missing));
        if (alone is not null)
        {
            // This process is alone with the file: the row is of one that was killed, and EF Core would wait for it for ever.
            await database.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock" """, cancellationToken);
        }

        await database.Database.MigrateAsync(cancellationToken);
    }
}
