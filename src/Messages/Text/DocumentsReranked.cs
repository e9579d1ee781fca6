namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Reply to <see cref="RerankDocuments"/>.</summary>
public sealed record DocumentsReranked
{
    /// <summary>The ranking, best first.</summary>
    public required IReadOnlyList<RankedDocument> Results { get; init; }

    /// <summary>Tokens of the query and all documents.</summary>
    public required int PromptTokens { get; init; }
}
