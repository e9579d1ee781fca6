using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Reranking;

/// <summary>Gets rankings from the workers.</summary>
internal sealed class TextRerankings(ModelResolver models, TextRequests requests)
{
    /// <exception cref="Errors.ApiException">There is no such model, it ranks nothing, a document is refused, or nobody answers.</exception>
    public async Task<RerankAnswer> RankAsync(RerankRequest request, JobOrigin origin, CancellationToken aborted)
    {
        var model = models.Text(request.Model).Name;
        var replies = await RequestPieces.AskAsync(request.Documents, (documents, ended) => requests.AskAsync<RerankDocuments, DocumentsReranked>(model, new RerankDocuments
        {
            JobId = Guid.NewGuid(),
            Model = model,
            Owner = origin.Owner,
            RequestId = origin.RequestId,
            Query = request.Query,
            Documents = documents,
        }, ended), aborted);
        var ranked = replies.SelectMany((reply, piece) => reply.Results.Select(result => result with { Index = RequestPieces.Start(piece) + result.Index }))
            .OrderByDescending(result => result.Score).ThenBy(result => result.Index).Take(request.TopN ?? int.MaxValue);
        return new RerankAnswer(model, [.. ranked], replies.Sum(reply => reply.PromptTokens), request.ReturnDocuments ? request.Documents : null);
    }
}
