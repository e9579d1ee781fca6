using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Persistence;

/// <summary>
/// The first to start: waits for the database within a bound and brings its tables to this release, so that a process
/// without one stops with one readable reason, and everything behind it finds its tables.
/// </summary>
internal sealed class DatabaseStart(
    DatabaseMigration migration, IDbContextFactory<PipelineDatabase> databases, IOptions<DatabaseOptions> options, TimeProvider time, ILogger<DatabaseStart> logger) : IHostedService
{
    // A database that comes up is noticed within half a second, and asked twice a second meanwhile.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="DatabaseUnavailableException">It is away for too long, or refuses this process.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await migration.RunAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (DatabaseErrors.IsLoss(e) || DatabaseErrors.IsOfDatabase(e) || e is IOException or UnauthorizedAccessException)
            {
                var problem = DatabaseErrors.Describe(e, options.Value);
                var mayCome = DatabaseErrors.IsLoss(e) || e is IOException;
                if (!mayCome || time.GetElapsedTime(started) + Pause > options.Value.ConnectTimeout)
                {
                    throw new DatabaseUnavailableException(problem, e);
                }

                logger.Waiting(problem);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>Lets go of the file, which writes back what SQLite still holds beside it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Provider == DatabaseProvider.Sqlite)
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            SqliteConnection.ClearPool((SqliteConnection)database.Database.GetDbConnection());
        }
    }
}
