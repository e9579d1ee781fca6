namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Request, sent by the API to <see cref="QueueNames.Text"/>: the token ids of a text. Answered with <see cref="TextTokenized"/> or <see cref="Jobs.JobRefused"/>; running it twice costs only time.</summary>
public sealed record TokenizeText
{
    /// <summary>The job, chosen by the API.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The key that asks.</summary>
    public required string Owner { get; init; }

    /// <summary>The HTTP request's id, for the logs.</summary>
    public required string RequestId { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the model's own begin and end tokens are added.</summary>
    public bool AddSpecial { get; init; }

    /// <summary>Whether the text of a special token becomes that token; false reads it as any other text.</summary>
    public bool ParseSpecial { get; init; } = true;

    /// <summary>Whether the bytes of each token are wanted.</summary>
    public bool WithPieces { get; init; }
}
