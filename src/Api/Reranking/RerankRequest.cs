namespace LocalAI.Pipeline.Api.Reranking;

/// <summary>The body of <c>POST /v1/rerank</c>, read and checked.</summary>
internal sealed record RerankRequest
{
    public string? Model { get; init; }

    public required string Query { get; init; }

    public required IReadOnlyList<string> Documents { get; init; }

    /// <summary>Only the best so many; null means all.</summary>
    public int? TopN { get; init; }

    /// <summary>Each result carries its document, as Jina has it by default.</summary>
    public bool ReturnDocuments { get; init; } = true;
}
