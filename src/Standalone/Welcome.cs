using LocalAI.Pipeline.Api.WarmUp;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LocalAI.Pipeline.Standalone;

/// <summary>Loads the first model, so that the first request need not wait for it, and says how to begin.</summary>
internal sealed class Welcome(Catalogue catalogue, BackendPool pool, FirstAnswer answer, IServer server, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        if (catalogue.Models.FirstOrDefault(model => model.Pool == ModelPool.Text) is not { } first)
        {
            await Console.Out.WriteLineAsync($"Ready on {address}, but {catalogue.Folder} has no text model: put a .gguf file there and start again.");
            return;
        }

        var loaded = await LoadAsync(first, stoppingToken);
        if (loaded is null && first.Backend == ModelDefinition.OwnBackend)
        {
            // Another's backend may count, bill or remember what it is asked.
            await answer.WriteAsync(first.Name, stoppingToken);
            await Knock.AtAsync(address, stoppingToken);
        }

        var example = $$"""
            {"model":"{{first.Name}}","messages":[{"role":"user","content":"Say this is a test!"}],"stream":true}
            """;
        await Console.Out.WriteLineAsync($"""

            Ready on {address}
            Model {first.Name}{(loaded is null ? "" : $" could not be loaded: {loaded.Message}")}
            Try:  curl -N {address}/v1/chat/completions -d '{example}'

            """);
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private async Task<JobFailure?> LoadAsync(ModelDefinition model, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await pool.AcquireAsync(model, cancellationToken);
            return null;
        }
        catch (JobFailedException exception)
        {
            // The host serves its other models; callers of this one get the same reason.
            return exception.Failure;
        }
    }
}
