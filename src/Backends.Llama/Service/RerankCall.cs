using LocalAI.Pipeline.Backends.Llama.Reranking;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>From Rerank's request to its result.</summary>
internal static class RerankCall
{
    internal static async Task<RerankResult> RunAsync(TextReranker reranker, RerankRequest request, CancellationToken cancellationToken)
    {
        var scored = new List<DocumentResult>(request.Documents.Count);
        int tokens = 0;
        for (int index = 0; index < request.Documents.Count; index++)
        {
            int[] pair = reranker.Pair(request.Query, request.Documents[index], index);
            tokens += pair.Length;
            // One after the other: between two the engine's thread serves others.
            float score = await reranker.ScoreAsync(pair, cancellationToken).ConfigureAwait(false);
            scored.Add(new DocumentResult { Index = index, Text = request.Documents[index], RelevanceScore = score });
        }
        int count = request.TopN > 0 ? request.TopN : scored.Count;
        return new RerankResult
        {
            Usage = new Usage { PromptTokens = tokens, TotalTokens = tokens },
            Results = { scored.OrderByDescending(result => result.RelevanceScore).ThenBy(result => result.Index).Take(count) },
        };
    }
}
