using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using LocalAI.Pipeline.Workers.Text.Calls;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Text.Reranking;

/// <summary>Ranks documents by how well they answer a query.</summary>
internal sealed class RerankDocumentsConsumer(RequestAnswers answers) : IConsumer<RerankDocuments>
{
    public Task Consume(ConsumeContext<RerankDocuments> context) =>
        answers.AnswerAsync(context, context.Message.JobId, context.Message.Model, (lease, model) => RankAsync(context.Message, lease, model, context.CancellationToken));

    private static async Task<DocumentsReranked> RankAsync(RerankDocuments command, BackendLease lease, ModelDefinition model, CancellationToken cancellationToken)
    {
        var request = new RerankRequest { ModelIdentity = model.Model, Query = command.Query, TopN = command.TopN ?? command.Documents.Count };
        request.Documents.AddRange(command.Documents);
        var result = await lease.Client.RerankAsync(request, cancellationToken);
        return new DocumentsReranked
        {
            Results = [.. result.Results.Select(ranked => new RankedDocument { Index = ranked.Index, Score = ranked.RelevanceScore }).OrderByDescending(ranked => ranked.Score).Take(command.TopN ?? int.MaxValue)],
            PromptTokens = result.Usage?.PromptTokens ?? 0,
        };
    }
}
