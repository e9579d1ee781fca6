using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.Logs;
using LocalAI.Pipeline.Testing.PostgreSql;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Tests.Persistence;

public sealed class LosingTheDatabaseTests
{
    [Fact]
    public async Task Database_LostAndBack_IsToldAndRecoversByItself()
    {
        await using var postgres = await PostgreSqlServer.StartNewAsync();
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?>
        {
            ["Database:Provider"] = "PostgreSql",
            ["Database:ConnectionString"] = $"{await postgres.CreateDatabaseAsync()};Password=very-secret",
        });
        await UntilReasonsAsync(server, reasons => !reasons.Contains("PostgreSQL", StringComparison.Ordinal));

        await postgres.StopAsync();
        await UntilReasonsAsync(server, reasons => reasons.Contains($"PostgreSQL at 127.0.0.1:{postgres.Port}", StringComparison.Ordinal));
        var error = await AnswerAsync(server);
        Assert.Equal((503, "database_unavailable"), (error.Status, error.Code));

        await postgres.StartAsync();
        await UntilReasonsAsync(server, reasons => !reasons.Contains("PostgreSQL", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Logs.Entries, entry => entry.ToString().Contains("very-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Server_ThatIsAwayAtTheStart_StopsTheProcessWithItsPlace()
    {
        using var logs = new LogCollector();
        var options = new DatabaseOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            ConnectionString = $"Host=127.0.0.1;Port={FreePort.Next()};Database=pipeline;Username=app;Password=very-secret",
            ConnectTimeout = TimeSpan.Zero,
        };
        var message = await RefusalAsync(options, logs);
        Assert.StartsWith("PostgreSQL at 127.0.0.1:", message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_WhereNoneCanBe_StopsTheProcessWithItsPath()
    {
        using var logs = new LogCollector();
        var blocker = Path.GetTempFileName();
        try
        {
            var message = await RefusalAsync(new DatabaseOptions { File = Path.Combine(blocker, "pipeline.db"), ConnectTimeout = TimeSpan.Zero }, logs);
            Assert.Contains(Path.Combine(blocker, "pipeline.db"), message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(blocker);
        }
    }

    private static async Task UntilReasonsAsync(ApiServer server, Func<string, bool> areSo)
    {
        // The answer changes within a second, and tells nobody when.
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var patience = TestTimeout.Token;
        while (!areSo(await ReasonsAsync(server, patience)))
        {
            await poll.WaitForNextTickAsync(patience);
        }
    }

    private static async Task<string> ReasonsAsync(ApiServer server, CancellationToken patience)
    {
        using var answer = await server.Client.GetAsync("/readyz", patience);
        return await answer.Content.ReadAsStringAsync(patience);
    }

    private static async Task<string> RefusalAsync(DatabaseOptions options, LogCollector logs)
    {
        var built = new DbContextOptionsBuilder<PipelineDatabase>();
        built.UseConfigured(options);
        var factory = new Microsoft.EntityFrameworkCore.Infrastructure.PooledDbContextFactory<PipelineDatabase>(built.Options);
        var migration = new DatabaseMigration(factory, Options.Create(options), new Logger<DatabaseMigration>(logs));
        var start = new DatabaseStart(migration, factory, Options.Create(options), TimeProvider.System, new Logger<DatabaseStart>(logs));
        return (await Assert.ThrowsAsync<DatabaseUnavailableException>(() => start.StartAsync(TestTimeout.Token))).Message;
    }

    /// <summary>What a request is answered whose endpoint needs the database.</summary>
    private static async Task<(int Status, string? Code)> AnswerAsync(ApiServer server)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = server.Get<IServiceProvider>() };
        context.Response.Body = body;
        var middleware = new ErrorMiddleware(
            async inner =>
            {
                await using var database = await inner.RequestServices.GetRequiredService<IDbContextFactory<PipelineDatabase>>().CreateDbContextAsync(TestTimeout.Token);
                await database.Database.ExecuteSqlRawAsync("SELECT 1", TestTimeout.Token);
            },
            server.Get<ILogger<ErrorMiddleware>>());
        await middleware.InvokeAsync(context);
        using var answer = JsonDocument.Parse(body.ToArray());
        return (context.Response.StatusCode, answer.RootElement.GetProperty("error").GetProperty("code").GetString());
    }
}
