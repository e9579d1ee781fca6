namespace LocalAI.Pipeline.Messages.Text;

/// <summary>A function that the model may call.</summary>
public sealed record ToolDefinition
{
    /// <summary>Its name: 1 to 128 of letters, digits, <c>_</c> and <c>-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for the model.</summary>
    public string? Description { get; init; }

    /// <summary>The JSON Schema of its arguments as JSON text, or null for none.</summary>
    public string? Parameters { get; init; }

    /// <summary>Whether the arguments must follow the schema exactly.</summary>
    public bool Strict { get; init; }
}
