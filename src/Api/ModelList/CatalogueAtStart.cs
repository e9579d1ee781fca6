using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.ModelList;

/// <summary>Reads the models when the process starts, so that their mistakes are in the log then, not with the first request.</summary>
internal sealed class CatalogueAtStart(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = services.GetRequiredService<Catalogue>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
