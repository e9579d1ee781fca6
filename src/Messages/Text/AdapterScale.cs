namespace LocalAI.Pipeline.Messages.Text;

/// <summary>How strongly a LoRA adapter of a model works.</summary>
public sealed record AdapterScale
{
    /// <summary>Its place in the model's file, from 0.</summary>
    public required int Id { get; init; }

    /// <summary>0 is off, 1 as it was trained.</summary>
    public required float Scale { get; init; }
}
