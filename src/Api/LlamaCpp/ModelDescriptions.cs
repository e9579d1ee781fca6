using System.Collections.Concurrent;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>Asks a worker what a model tells of itself, which loads the model.</summary>
internal sealed class ModelDescriptions(TextRequests requests)
{
    // A model's context changes with its file alone, which is read at the start; as many as there are models.
    private readonly ConcurrentDictionary<string, int> _contexts = new(StringComparer.Ordinal);

    /// <summary>Tokens that the model's context holds; 0 where its backend does not tell.</summary>
    /// <exception cref="Errors.ApiException">It cannot be loaded, or nobody answered.</exception>
    public async Task<int> ContextSizeAsync(ModelDefinition model, JobOrigin origin, CancellationToken aborted) =>
        model.ContextSize is { } size and > 0 ? size
        : _contexts.TryGetValue(model.Name, out var known) ? known
        : _contexts[model.Name] = (await OfAsync(model.Name, origin, aborted)).ContextSize;

    /// <param name="model">The model's own name.</param>
    /// <exception cref="Errors.ApiException">It cannot be loaded, or nobody answered.</exception>
    public Task<ModelDescribed> OfAsync(string model, JobOrigin origin, CancellationToken aborted) =>
        requests.AskAsync<DescribeModel, ModelDescribed>(model, new DescribeModel { JobId = Guid.NewGuid(), Model = model, Owner = origin.Owner, RequestId = origin.RequestId }, aborted);
}
