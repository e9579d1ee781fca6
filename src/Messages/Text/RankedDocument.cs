namespace LocalAI.Pipeline.Messages.Text;

/// <summary>One document of a ranking.</summary>
public sealed record RankedDocument
{
    /// <summary>Its place in the request, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Higher is better; the scale is the model's.</summary>
    public required float Score { get; init; }
}
