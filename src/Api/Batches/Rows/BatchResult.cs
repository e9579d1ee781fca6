namespace LocalAI.Pipeline.Api.Batches.Rows;

/// <summary>The answer to one line. Once it is there the line never runs again.</summary>
internal sealed class BatchResult
{
    public required string BatchId { get; init; }

    /// <summary>The line's number in the input, from 1.</summary>
    public required int Line { get; init; }

    public required string CustomId { get; init; }

    /// <summary>The HTTP status of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>The id that finds the line's request in the logs.</summary>
    public required string RequestId { get; init; }

    /// <summary>The answer's JSON.</summary>
    public required string Body { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;
}
