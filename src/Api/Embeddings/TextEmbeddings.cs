using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Embeddings;

/// <summary>Gets vectors from the workers.</summary>
internal sealed class TextEmbeddings(ModelResolver models, TextRequests requests)
{
    /// <exception cref="Errors.ApiException">There is no such model, it gives no embeddings, an input is refused, or nobody answers.</exception>
    public async Task<EmbeddingsAnswer> EmbedAsync(EmbeddingsRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(request.Model).Name;
        var lane = origin.Lane ?? Lane.Interactive;
        var replies = await RequestPieces.AskAsync(request.Inputs, (inputs, ended) => requests.AskAsync<EmbedText, TextEmbedded>(model, new EmbedText
        {
            JobId = Guid.NewGuid(),
            Model = model,
            Owner = origin.Owner,
            RequestId = origin.RequestId,
            Inputs = inputs,
            Lane = lane,
        }, ended, lane), aborted);
        var vectors = replies.SelectMany(reply => reply.Vectors).Select(vector => VectorLength.Shortened(vector, request.Dimensions)).ToList();
        return new EmbeddingsAnswer(model, vectors, replies.Sum(reply => reply.PromptTokens), request.IsBase64);
    }
}
