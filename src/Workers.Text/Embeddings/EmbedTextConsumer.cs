using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using LocalAI.Pipeline.Workers.Text.Calls;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Text.Embeddings;

/// <summary>One vector for each input.</summary>
internal sealed class EmbedTextConsumer(RequestAnswers answers) : IConsumer<EmbedText>
{
    public Task Consume(ConsumeContext<EmbedText> context) =>
        answers.AnswerAsync(context, context.Message.JobId, context.Message.Model, (lease, model) => EmbedAsync(context.Message, lease, model, context.CancellationToken), context.Message.Lane);

    private static async Task<TextEmbedded> EmbedAsync(EmbedText command, BackendLease lease, ModelDefinition model, CancellationToken cancellationToken)
    {
        var vectors = new List<float[]>(command.Inputs.Count);
        var tokens = 0;
        foreach (var input in command.Inputs)
        {
            var request = new PredictOptions { ModelIdentity = model.Model, Embeddings = input.Text ?? "" };
            request.EmbeddingTokens.AddRange(input.Tokens ?? []);
            var result = await lease.Client.EmbeddingAsync(request, cancellationToken);
            vectors.Add(Vector(result, model));
            tokens += result.PromptTokens > 0 ? result.PromptTokens : result.Tokens;
        }

        return new TextEmbedded { Vectors = vectors, PromptTokens = tokens };
    }

    private static float[] Vector(EmbeddingResult result, ModelDefinition model)
    {
        if (result.Layout == EmbeddingLayout.PerToken)
        {
            throw new JobFailedException(FailureCode.CapabilityMissing, $"The backend '{model.Backend}' of model '{model.Name}' gives a vector for each token, not for the text: configure its pooling.");
        }

        float[] vector = [.. result.Embeddings];
        var length = Math.Sqrt(vector.Sum(value => (double)value * value));
        // Final is as it shall be: of length 1, or scores that have no length.
        if (result.Layout != EmbeddingLayout.Final && length > 0)
        {
            for (var i = 0; i < vector.Length; i++)
            {
                vector[i] = (float)(vector[i] / length);
            }
        }

        return vector;
    }
}
