using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.PostgreSql;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace LocalAI.Pipeline.Api.Tests.Persistence;

/// <summary>A database of one test alone, on one of the two providers; migrated unless it is asked for empty.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> MigratedFile = new(MigrateFileAsync);
    private static readonly Lazy<Task<string>> MigratedPostgres = new(MigratePostgresAsync);

    private readonly string? _folder;

    private TestDatabase(DatabaseOptions options, string? folder)
    {
        (Options, _folder) = (options, folder);
        var built = new DbContextOptionsBuilder<PipelineDatabase>();
        built.UseConfigured(options);
        Factory = new PooledDbContextFactory<PipelineDatabase>(built.Options);
    }

    /// <summary>For <c>[MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]</c>.</summary>
    public static TheoryData<DatabaseProvider> Providers => [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql];

    public DatabaseOptions Options { get; }

    public IDbContextFactory<PipelineDatabase> Factory { get; }

    /// <summary>The settings of the section <c>Database</c>, for a host.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Database:Provider"] = Options.Provider.ToString(),
        ["Database:File"] = Options.File,
        ["Database:ConnectionString"] = Options.ConnectionString,
    };

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.PostgreSql)
        {
            var server = await PostgreSqlServer.SharedAsync();
            return Postgres(await server.CreateDatabaseAsync(await MigratedPostgres.Value));
        }

        var database = Sqlite();
        File.Copy(await MigratedFile.Value, database.Options.File);
        return database;
    }

    public static async Task<TestDatabase> CreateEmptyAsync(DatabaseProvider provider) => provider == DatabaseProvider.PostgreSql
        ? Postgres(await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync())
        : Sqlite();

    public PipelineDatabase Open() => Factory.CreateDbContext();

    public DatabaseMigration Migration(Microsoft.Extensions.Logging.ILoggerFactory logs) =>
        new(Factory, Microsoft.Extensions.Options.Options.Create(Options), new Microsoft.Extensions.Logging.Logger<DatabaseMigration>(logs));

    public async ValueTask DisposeAsync()
    {
        await using (var database = Open())
        {
            if (database.Database.GetDbConnection() is SqliteConnection sqlite)
            {
                SqliteConnection.ClearPool(sqlite);
            }
            else
            {
                NpgsqlConnection.ClearPool((NpgsqlConnection)database.Database.GetDbConnection());
            }
        }

        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static TestDatabase Sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("database-test-").FullName;
        return new TestDatabase(new DatabaseOptions { File = Path.Combine(folder, "pipeline.db") }, folder);
    }

    private static TestDatabase Postgres(string connectionString) =>
        new(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = connectionString }, null);

    // Once for a test program: each test gets a copy, which takes a tenth of the time of the migrations.
    private static async Task<string> MigrateFileAsync()
    {
        var database = Sqlite();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(database._folder!, recursive: true);
        await MigrateAsync(database);
        return database.Options.File;
    }

    private static async Task<string> MigratePostgresAsync()
    {
        await using var database = await CreateEmptyAsync(DatabaseProvider.PostgreSql);
        await MigrateAsync(database);
        return new NpgsqlConnectionStringBuilder(database.Options.ConnectionString).Database!;
    }

    private static async Task MigrateAsync(TestDatabase database)
    {
        await using (var context = database.Open())
        {
            await context.Database.MigrateAsync(TestTimeout.Token);
            if (context.Database.GetDbConnection() is SqliteConnection sqlite)
            {
                // So that the file alone holds everything, and can be copied.
                await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", TestTimeout.Token);
                SqliteConnection.ClearPool(sqlite);
            }
            else
            {
                // A template must have no connections.
                NpgsqlConnection.ClearPool((NpgsqlConnection)context.Database.GetDbConnection());
            }
        }
    }
}
