namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Request, sent by the API to <see cref="QueueNames.Text"/>: how well each document answers the query. Answered with <see cref="DocumentsReranked"/> or <see cref="Jobs.JobRefused"/>; running it twice costs only time.</summary>
public sealed record RerankDocuments
{
    /// <summary>The job, chosen by the API.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The key that asks.</summary>
    public required string Owner { get; init; }

    /// <summary>The HTTP request's id, for the logs.</summary>
    public required string RequestId { get; init; }

    /// <summary>The query.</summary>
    public required string Query { get; init; }

    /// <summary>The documents, in order.</summary>
    public required IReadOnlyList<string> Documents { get; init; }

    /// <summary>Only the best so many; null means all.</summary>
    public int? TopN { get; init; }
}
