using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using LocalAI.Pipeline.Workers.Text.Calls;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Text.Embeddings;

/// <summary>One vector for each input.</summary>
internal sealed class EmbedTextConsumer(RequestAnswers answers) : IConsumer<EmbedText>
{
    public Task Consume(ConsumeContext<EmbedText> context) =>
        answers.AnswerAsync(context, context.Message.JobId, context.Message.Model, (lease, model) => EmbedAsync(context.Message, lease, model, context.CancellationToken));

    private static async Task<TextEmbedded> EmbedAsync(EmbedText command, BackendLease lease, ModelDefinition model, CancellationToken cancellationToken)
    {
        var vectors = new List<float[]>(command.Inputs.Count);
        var tokens = 0;
        foreach (var input in command.Inputs)
        {
            var request = new PredictOptions { ModelIdentity = model.Model, Embeddings = input.Text ?? "" };
            request.EmbeddingTokens.AddRange(input.Tokens ?? []);
            var result = await lease.Client.EmbeddingAsync(request, cancellationToken);
            vectors.Add([.. result.Embeddings]);
            tokens += result.PromptTokens > 0 ? result.PromptTokens : result.Tokens;
        }

        return new TextEmbedded { Vectors = vectors, PromptTokens = tokens };
    }
}
