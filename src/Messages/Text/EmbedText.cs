namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Request, sent by the API to <see cref="QueueNames.Text"/>: one vector for each input. Answered with <see cref="TextEmbedded"/> or <see cref="Jobs.JobRefused"/>; running it twice costs only time.</summary>
public sealed record EmbedText
{
    /// <summary>The job, chosen by the API.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The key that asks.</summary>
    public required string Owner { get; init; }

    /// <summary>The HTTP request's id, for the logs.</summary>
    public required string RequestId { get; init; }

    /// <summary>The inputs, in order.</summary>
    public required IReadOnlyList<TokenInput> Inputs { get; init; }

    /// <summary>Whether somebody waits, or a batch.</summary>
    public Lane Lane { get; init; }
}
