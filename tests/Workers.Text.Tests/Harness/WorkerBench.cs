using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.Logs;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Workers.Text.Tests.Harness;

/// <summary>The text pool on the in-memory bus, with one model whose backend the test plays.</summary>
internal sealed class WorkerBench : IAsyncDisposable
{
    public const string Model = "m";

    private readonly IHost _host;
    private readonly string _folder;
    private readonly LogCollector _logs;
    private readonly RecordingSink _sink;

    private WorkerBench(IHost host, string folder, LogCollector logs, RecordingSink sink, ScriptedBackend backend) =>
        (_host, _folder, _logs, _sink, Backend) = (host, folder, logs, sink, backend);

    public ScriptedBackend Backend { get; }

    /// <param name="yaml">What the model's file says beside name, backend and weights.</param>
    public static async Task<WorkerBench> StartAsync(string yaml = "", ScriptedBackend? backend = null)
    {
        backend ??= new ScriptedBackend();
        var folder = Directory.CreateTempSubdirectory("worker-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "m.yaml"), $"name: {Model}\nbackend: {ScriptedBackend.Name}\nparameters:\n  model: weights\n{yaml}\n");
        var logs = new LogCollector();
        var sink = new RecordingSink();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(logs);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Models:Folder"] = folder });
        builder.Services.AddTextPool(builder.Configuration);
        builder.Services.AddSingleton(new HostedBackend(ScriptedBackend.Name, () => backend));
        builder.Services.AddSingleton<IDeltaSink>(sink);
        builder.Services.AddPipelineBus(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync(TestTimeout.Token);
        return new WorkerBench(host, folder, logs, sink, backend);
    }

    /// <summary>A chat of one user's message.</summary>
    public static GenerateText Chat(string text = "Hi") => new()
    {
        JobId = Guid.NewGuid(),
        Model = Model,
        Lane = Lane.Interactive,
        Owner = "o",
        InstanceId = "i",
        RequestId = "r",
        AcceptedAt = DateTimeOffset.UnixEpoch,
        Sampling = new SamplingSettings(),
        Messages = [new ChatMessage { Role = ChatRole.User, Content = text }],
    };

    public static ToolDefinition Tool(string name, string parameters) => new() { Name = name, Parameters = parameters, Strict = true };

    /// <summary>Runs a command to its end.</summary>
    public async Task<WorkerAnswer> RunAsync(GenerateText command)
    {
        var sender = _host.Services.GetRequiredService<ICommandSender>();
        await sender.SendAsync(QueueNames.Text(Model, Lane.Interactive), command, TestTimeout.Token);
        return new WorkerAnswer(await _sink.AllAsync(command.JobId, TestTimeout.Token).OrTimeout("the answer"));
    }

    public Task<BusReply<TReply>> RequestAsync<TRequest, TReply>(TRequest request)
        where TRequest : class
        where TReply : class =>
        _host.Services.GetRequiredService<ICommandSender>().RequestAsync<TRequest, TReply>(QueueNames.Text(Model, Lane.Interactive), request, TestTimeout.Duration, TestTimeout.Token);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(TestTimeout.Token);
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
        _logs.AssertNoErrors();
        _logs.Dispose();
    }
}
