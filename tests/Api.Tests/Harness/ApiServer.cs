using System.Net.Http.Headers;
using System.Text;
using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Tests.Persistence;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>The API on a real port, on the in-memory bus, with a worker that the test plays.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ModelsFolder _models;
    private readonly TestDatabase _database;

    private ApiServer(WebApplication app, ModelsFolder models, TestDatabase database, LogCollector logs, ScriptedWorker worker)
    {
        (_app, _models, _database, Logs, Worker) = (app, models, database, logs, worker);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient { BaseAddress = Address, Timeout = TestTimeout.Duration };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public LogCollector Logs { get; }

    public ScriptedWorker Worker { get; }

    public static async Task<ApiServer> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, bool hasWorker = true, params string[] furtherModels) =>
        await StartAsync(settings, hasWorker, [], furtherModels);

    /// <param name="durableKinds">Kinds of durable jobs that the test has.</param>
    public static Task<ApiServer> StartDurableAsync(IReadOnlyDictionary<string, string?>? settings = null, bool hasWorker = true, params IDurableJobKind[] durableKinds) =>
        StartAsync(settings, hasWorker, durableKinds, []);

    private static async Task<ApiServer> StartAsync(IReadOnlyDictionary<string, string?>? settings, bool hasWorker, IDurableJobKind[] durableKinds, string[] furtherModels)
    {
        var models = new ModelsFolder(furtherModels);
        var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var logs = new LogCollector();
        var worker = new ScriptedWorker();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Logging.AddProvider(logs);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Models:Folder"] = models.FullPath });
        builder.Configuration.AddInMemoryCollection(database.Settings);
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Services.AddApi(builder.Configuration);
        foreach (var kind in durableKinds)
        {
            builder.Services.AddSingleton(kind);
        }

        if (hasWorker)
        {
            builder.Services.AddSingleton(worker.Participant);
        }

        builder.Services.AddPipelineBus(builder.Configuration);
        var app = builder.Build();
        app.MapApi();
        await app.StartAsync(TestTimeout.Token);
        return new ApiServer(app, models, database, logs, worker);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Posts a chat; returns when the answer's headers are there.</summary>
    public Task<HttpResponseMessage> ChatAsync(string json, CancellationToken cancellationToken = default) =>
        PostAsync("/v1/chat/completions", json, "application/json", cancellationToken);

    public async Task<HttpResponseMessage> PostAsync(string path, string body, string? type, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Worker.DropAll();
        await _app.StopAsync(TestTimeout.Token);
        await _app.DisposeAsync();
        _models.Dispose();
        await _database.DisposeAsync();
        Logs.AssertNoErrors(entry => entry.Message.Contains("broken", StringComparison.Ordinal));
    }
}
