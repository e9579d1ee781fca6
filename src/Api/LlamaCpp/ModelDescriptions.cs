using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>Asks a worker what a model tells of itself, which loads the model.</summary>
internal sealed class ModelDescriptions(TextRequests requests)
{
    /// <param name="model">The model's own name.</param>
    /// <exception cref="Errors.ApiException">It cannot be loaded, or nobody answered.</exception>
    public Task<ModelDescribed> OfAsync(string model, JobOrigin origin, CancellationToken aborted) =>
        requests.AskAsync<DescribeModel, ModelDescribed>(model, new DescribeModel { JobId = Guid.NewGuid(), Model = model, Owner = origin.Owner, RequestId = origin.RequestId }, aborted);
}
