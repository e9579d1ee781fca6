using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Embeddings;

/// <summary>Gets vectors from the workers.</summary>
internal sealed class TextEmbeddings(ModelResolver models, TextRequests requests)
{
    /// <exception cref="ApiException">There is no such model, it gives no embeddings, an input is refused, or nobody answers.</exception>
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
        var vectors = replies.SelectMany(reply => reply.Vectors).Select(vector => Shortened(vector, request.Dimensions)).ToList();
        return new EmbeddingsAnswer(model, vectors, replies.Sum(reply => reply.PromptTokens), request.IsBase64);
    }

    /// <summary>The first so many numbers: models that are trained for it put the most important ones there (Matryoshka representations, arXiv 2205.13147).</summary>
    private static float[] Shortened(float[] vector, int? dimensions)
    {
        if (dimensions is not { } count || count == vector.Length)
        {
            return vector;
        }

        if (count > vector.Length)
        {
            throw RequestErrors.WrongValue("dimensions", $"is {count}, but this model's vectors have {vector.Length}.");
        }

        var shortened = vector[..count];
        var length = Math.Sqrt(shortened.Sum(value => (double)value * value));
        for (var i = 0; i < shortened.Length && length > 0; i++)
        {
            shortened[i] = (float)(shortened[i] / length);
        }

        return shortened;
    }
}
