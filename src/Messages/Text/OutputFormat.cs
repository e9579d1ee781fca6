namespace LocalAI.Pipeline.Messages.Text;

/// <summary>What form the answer must have, with its schema or grammar.</summary>
public sealed record OutputFormat
{
    /// <summary>The form.</summary>
    public required OutputKind Kind { get; init; }

    /// <summary>For <see cref="OutputKind.JsonSchema"/>: the schema as JSON text.</summary>
    public string? Schema { get; init; }

    /// <summary>For <see cref="OutputKind.JsonSchema"/>: unspecified properties are refused.</summary>
    public bool Strict { get; init; }

    /// <summary>For <see cref="OutputKind.Grammar"/>: GBNF text whose start rule is <c>root</c>.</summary>
    public string? Grammar { get; init; }
}
