using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Persistence;

/// <summary>Brings the tables to this release; of several processes that start at once, one does it and the others wait.</summary>
internal sealed class DatabaseMigration(IDbContextFactory<PipelineDatabase> databases, IOptions<DatabaseOptions> options, ILogger<DatabaseMigration> logger)
{
    // Any number that nothing else locks in this database.
    private const long PostgresLock = 20_261_127;

    // Whoever waits for another process's migrations waits for all of them.
    private static readonly TimeSpan LongestMigration = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Database.SetCommandTimeout(LongestMigration);
        if (options.Value.Provider == DatabaseProvider.Sqlite)
        {
            using var alone = SqliteFileLock.Take(Path.GetFullPath(options.Value.File));
            await MigrateAsync(database, isAloneWithFile: true, cancellationToken);
            return;
        }

        // The lock is the connection's, so that a process that dies gives it back. EF Core's own is let go between two migrations.
        await database.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({PostgresLock})", cancellationToken);
            await MigrateAsync(database, isAloneWithFile: false, cancellationToken);
            await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({PostgresLock})", cancellationToken);
        }
        finally
        {
            // A connection that goes back to the pool is reset, which unlocks what a failure left locked.
            await database.Database.CloseConnectionAsync();
        }
    }

    private async Task MigrateAsync(PipelineDatabase database, bool isAloneWithFile, CancellationToken cancellationToken)
    {
        var missing = (await database.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        logger.Migrating(string.Join(", ", missing));
        if (isAloneWithFile)
        {
            // This process is alone with the file: the row is of one that was killed, and EF Core would wait for it for ever.
            await database.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock" """, cancellationToken);
        }

        await database.Database.MigrateAsync(cancellationToken);
    }
}
