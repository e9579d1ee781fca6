using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.Logs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LocalAI.Pipeline.Api.Tests.Persistence;

public sealed class MigrationTests
{
    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Migrations_FromEmptyAndFromEachVersion_EndInWhatTheModelSays(DatabaseProvider provider)
    {
        var expected = await ModelSchemaAsync(provider);
        await using var probe = await TestDatabase.CreateEmptyAsync(provider);
        List<string> versions;
        await using (var context = probe.Open())
        {
            versions = [Migration.InitialDatabase, .. context.Database.GetMigrations()];
        }

        Assert.True(versions.Count > 1);
        foreach (var version in versions.SkipLast(1))
        {
            await using var database = await TestDatabase.CreateEmptyAsync(provider);
            await using var context = database.Open();
            await context.GetService<IMigrator>().MigrateAsync(version, TestTimeout.Token);
            await context.Database.MigrateAsync(TestTimeout.Token);
            Assert.Equal(expected, await Schema.ReadAsync(context));
        }
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Instances_ThatStartAtOnce_AllFindTheTables(DatabaseProvider provider)
    {
        using var logs = new LogCollector();
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Start(database, logs).StartAsync(TestTimeout.Token))));
        await using var context = database.Open();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync(TestTimeout.Token));
        logs.AssertNoErrors();
    }

    [Fact]
    public async Task Migration_AfterAProcessThatWasKilledInIt_DoesNotWaitForIt()
    {
        using var logs = new LogCollector();
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        await using (var context = database.Open())
        {
            // What EF Core leaves behind: a lock that nobody holds.
            await context.Database.ExecuteSqlRawAsync("""CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL)""", TestTimeout.Token);
            await context.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01')""", TestTimeout.Token);
        }

        await Start(database, logs).StartAsync(TestTimeout.Token).OrTimeout("the migration");
        await using var migrated = database.Open();
        Assert.Empty(await migrated.Database.GetPendingMigrationsAsync(TestTimeout.Token));
    }

    private static DatabaseStart Start(TestDatabase database, LogCollector logs) => new(
        database.Migration(logs), database.Factory, Microsoft.Extensions.Options.Options.Create(database.Options), TimeProvider.System, new Microsoft.Extensions.Logging.Logger<DatabaseStart>(logs));

    private static async Task<IReadOnlyList<string>> ModelSchemaAsync(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using var context = database.Open();
        await context.Database.EnsureCreatedAsync(TestTimeout.Token);
        return await Schema.ReadAsync(context);
    }
}
