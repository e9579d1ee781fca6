using LocalAI.Pipeline.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Persistence;

internal static class PersistenceRegistration
{
    /// <summary>Adds an <see cref="IDbContextFactory{TContext}"/> of <see cref="PipelineDatabase"/>, and what makes its tables at the start.</summary>
    public static void AddPersistence(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<DatabaseOptions>(configuration, DatabaseOptions.SectionName);
        services.AddPooledDbContextFactory<PipelineDatabase>((provider, database) => database.UseConfigured(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value));
        services.AddSingleton<DatabaseMigration>();
        services.AddSingleton<DatabaseHealth>();
        services.AddHostedService<DatabaseStart>();
    }

    internal static DbContextOptionsBuilder UseConfigured(this DbContextOptionsBuilder database, DatabaseOptions options)
    {
        var seconds = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
        if (options.Provider == DatabaseProvider.PostgreSql)
        {
            database.UseNpgsql(options.ConnectionString, postgres => postgres.CommandTimeout(seconds));
        }
        else
        {
            var file = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(options.File) };
            database.UseSqlite(file.ToString(), sqlite => sqlite.CommandTimeout(seconds)).AddInterceptors(new SqliteWaiting(options.CommandTimeout));
        }

        return database.ConfigureWarnings(warnings => warnings
            // Migrations are written by hand, without a snapshot to compare with: a test compares the tables themselves.
            .Ignore(RelationalEventId.PendingModelChangesWarning)
            // Whoever runs a command says what its failure means; a lost database is not an error of each command.
            .Log((RelationalEventId.CommandExecuted, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug), (CoreEventId.QueryIterationFailed, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
    }
}
