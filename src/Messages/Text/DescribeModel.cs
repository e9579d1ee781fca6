namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Request, sent by the API to <see cref="QueueNames.Text"/>: what a model, once loaded, tells of itself. Answered with <see cref="ModelDescribed"/> or <see cref="Jobs.JobRefused"/>; running it twice costs only time.</summary>
public sealed record DescribeModel
{
    /// <summary>The job, chosen by the API.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The key that asks.</summary>
    public required string Owner { get; init; }

    /// <summary>The HTTP request's id, for the logs.</summary>
    public required string RequestId { get; init; }
}
