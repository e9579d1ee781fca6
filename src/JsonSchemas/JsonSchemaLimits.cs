namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>Bounds on a schema from a request. Every one is checked while reading, before memory is spent.</summary>
public sealed record JsonSchemaLimits
{
    /// <summary>Nesting of schemas, and references in a row; readers recurse once a level, so this bounds the stack.</summary>
    public int MaxDepth { get; init; } = 64;

    public int MaxNodes { get; init; } = 5_000;

    public int MaxEnumValues { get; init; } = 1_000;

    /// <summary>Properties of one object: llama.cpp walks over those that may be left out in recursion.</summary>
    public int MaxProperties { get; init; } = 500;

    /// <summary>Alternatives of oneOf, which are compared pair by pair.</summary>
    public int MaxOneOf { get; init; } = 64;

    /// <summary>Largest minItems, maxItems, minLength, maxLength: a million characters are past any answer.</summary>
    public int MaxRepetition { get; init; } = 1_000_000;

    public int MaxPatternLength { get; init; } = 2_000;

    /// <summary>Steps of compilation; they take about a fifth of a second.</summary>
    public long MaxWork { get; init; } = 2_000_000;

    /// <summary>Characters of grammar text; the engine takes 512 Ki.</summary>
    public int MaxGrammarLength { get; init; } = 400_000;
}
