namespace LocalAI.Pipeline.Messages.Text;

/// <summary>A file that the model should know when it fills a gap in another.</summary>
public sealed record InfillFile
{
    /// <summary>Its name, for the model.</summary>
    public required string Name { get; init; }

    /// <summary>What is in it.</summary>
    public required string Text { get; init; }
}
