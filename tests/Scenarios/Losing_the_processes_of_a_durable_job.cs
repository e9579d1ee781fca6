using LocalAI.Pipeline.Api;
using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Scenarios.Processes;
using LocalAI.Pipeline.Testing.PostgreSql;
using LocalAI.Pipeline.Testing.RabbitMq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAI.Pipeline.Scenarios;

public sealed class Losing_the_processes_of_a_durable_job
{
    private const int Words = 240;

    /// <summary>The reader's own instance takes part in keeping deltas, so what the killed one held in its hands comes to it.</summary>
    [Fact]
    public async Task Its_reader_sees_every_delta_once_whatever_is_killed()
    {
        var patience = Patience.Token();
        using var models = new FakeModels();
        var settings = await DistributedAsync(models);
        await using var other = await ServerProcess.StartAsync("Api", settings, patience);
        await using var first = await ServerProcess.StartAsync("Workers.Text", settings, patience);
        await using var second = await ServerProcess.StartAsync("Workers.Text", settings, patience);
        await using var reader = await ReaderAsync(settings, patience);
        var jobs = reader.Services.GetRequiredService<DurableJobs>();

        var job = await jobs.AcceptAsync(WordsKind.Order($"tokens={Words} pause=10"), patience);
        var follower = jobs.Follow(job);
        var (text, next) = ("", 0L);
        var kills = new Queue<(int After, Func<Task> Kill)>(
        [
            (20, () => other.KillAsync(patience)),
            (70, () => KillBackendAsync(first, second)),
            (120, () => Assert.Single(new[] { first, second }, worker => Backends(worker).Count > 0).KillAsync(patience)),
        ]);
        while (!follower.IsComplete)
        {
            foreach (var delta in (await follower.NextAsync(TimeSpan.FromMinutes(1), patience)).Select(step => step.Delta).OfType<Messages.Deltas.GenerationDelta>())
            {
                Assert.Equal(next++, delta.Sequence);
                text += delta.Text;
            }

            if (kills.TryPeek(out var due) && text.Count(letter => letter == ' ') >= due.After)
            {
                await kills.Dequeue().Kill();
            }
        }

        Assert.Empty(kills);
        Assert.Equal(FakeModels.Words(0, Words), text);
        var ended = await jobs.FindAsync(job.Id, "owner", patience);
        Assert.Equal((DurableJobState.Completed, text, 2), (ended!.State, ended.Result, ended.Attempt));
    }

    [Fact]
    public async Task A_standalone_host_that_is_killed_goes_on_from_its_file()
    {
        var patience = Patience.Token();
        using var models = new FakeModels();
        var settings = new Dictionary<string, string>(models.Settings) { ["Database:File"] = models.Signal("pipeline.db") };
        var goOn = models.Signal("go-on");
        await using var file = new ServiceCollection().AddScenarioDatabase(settings).BuildServiceProvider();
        await file.GetRequiredService<DatabaseMigration>().RunAsync(patience);

        // Accepted, and its process died before it sent anything.
        var job = file.GetRequiredService<DurableJobTerms>().Apply(WordsKind.Order($"tokens={Words} stall-after=100 until={goOn}"));
        await file.GetRequiredService<DurableJobStore>().AddAsync(job, patience);
        await using (var killed = await ServerProcess.StartAsync("Standalone", settings, patience))
        {
            await UntilAsync(file, job, deltas => string.Concat(deltas.Select(delta => delta.Text)) == FakeModels.Words(0, 100), patience);
            var backend = Backends(killed);
            await killed.KillAsync(patience);
            await Task.WhenAll(backend.Select(id => GoneAsync(id, patience)));
        }

        await File.WriteAllTextAsync(goOn, "", patience);
        await using var again = await ServerProcess.StartAsync("Standalone", settings, patience);
        var all = await UntilAsync(file, job, deltas => deltas is [.., { IsLast: true }], patience);
        Assert.Equal(FakeModels.Words(0, Words), string.Concat(all.Select(delta => delta.Text)));
        Assert.NotNull(all[^1].Finish);
    }

    private static async Task<Dictionary<string, string>> DistributedAsync(FakeModels models)
    {
        var broker = await RabbitMqServer.SharedAsync();
        var settings = new Dictionary<string, string>(models.Settings)
        {
            ["Database:Provider"] = "PostgreSql",
            ["Database:ConnectionString"] = await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync(),
        };
        foreach (var (key, value) in broker.SettingsFor(await broker.CreateVirtualHostAsync()))
        {
            settings[key] = value ?? "";
        }

        return settings;
    }

    /// <summary>An API instance in this process.</summary>
    private static async Task<WebApplication> ReaderAsync(Dictionary<string, string> settings, CancellationToken patience)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Configuration.AddInMemoryCollection(settings.Where(setting => !setting.Key.StartsWith("Workers:", StringComparison.Ordinal)).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddApi(builder.Configuration);
        builder.Services.AddSingleton<IDurableJobKind, WordsKind>();
        builder.Services.AddPipelineBus(builder.Configuration);
        var app = builder.Build();
        app.MapApi();
        await app.StartAsync(patience);
        return app;
    }

    private static Task KillBackendAsync(params ServerProcess[] workers)
    {
        using var backend = System.Diagnostics.Process.GetProcessById(Assert.Single(workers.SelectMany(Backends)));
        backend.Kill();
        return Task.CompletedTask;
    }

    private static IReadOnlyList<int> Backends(ServerProcess worker) => Directory.Exists($"/proc/{worker.Id}") ? BackendProcesses.Under(worker.Id, "FakeBackend") : [];

    private static async Task GoneAsync(int process, CancellationToken patience)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Directory.Exists($"/proc/{process}"))
        {
            await poll.WaitForNextTickAsync(patience);
        }
    }

    /// <summary>What the log in the file holds without a gap, once it is so.</summary>
    private static async Task<List<Messages.Deltas.GenerationDelta>> UntilAsync(IServiceProvider file, DurableJob job, Func<List<Messages.Deltas.GenerationDelta>, bool> isSo, CancellationToken patience)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            await using var database = await file.GetRequiredService<IDbContextFactory<PipelineDatabase>>().CreateDbContextAsync(patience);
            if (await DeltaLog.ReadAsync(database, job.Id, 0, int.MaxValue, patience) is var deltas && isSo(deltas))
            {
                return deltas;
            }

            await poll.WaitForNextTickAsync(patience);
        }
    }
}
