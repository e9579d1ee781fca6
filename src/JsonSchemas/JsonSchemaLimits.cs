namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>Bounds on a schema from a request. Every one is checked while reading, before memory is spent.</summary>
public sealed record JsonSchemaLimits
{
    /// <summary>Nesting of schemas; readers and writers recurse once a level, so this bounds the stack.</summary>
    public int MaxDepth { get; init; } = 64;

    public int MaxNodes { get; init; } = 5_000;

    public int MaxEnumValues { get; init; } = 1_000;

    /// <summary>Largest minItems, maxItems, minLength, maxLength: llama.cpp expands repetitions element by element.</summary>
    public int MaxRepetition { get; init; } = 1_000;

    /// <summary>Characters of grammar text.</summary>
    public int MaxGrammarLength { get; init; } = 1_000_000;
}
