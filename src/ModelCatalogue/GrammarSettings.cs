namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary><c>function.grammar</c> of the file.</summary>
public sealed record GrammarSettings
{
    /// <summary>Do not hold calls to a grammar.</summary>
    public bool Disable { get; init; }

    /// <summary>Several calls in one answer.</summary>
    public bool ParallelCalls { get; init; }

    /// <summary>Text beside calls.</summary>
    public bool MixedMode { get; init; }

    /// <summary>With <see cref="MixedMode"/>: text or calls, not both.</summary>
    public bool NoMixedFreeString { get; init; }

    /// <summary>No line end between calls.</summary>
    public bool DisableParallelNewLines { get; init; }

    /// <summary>Text that the model puts before calls.</summary>
    public string? Prefix { get; init; }

    /// <summary>Text after calls.</summary>
    public bool ExpectStringsAfterJson { get; init; }

    /// <summary>Order of a call's keys, separated by commas.</summary>
    public string? PropertiesOrder { get; init; }

    /// <summary><c>json</c> or <c>llama3.1</c>.</summary>
    public string? SchemaType { get; init; }

    /// <summary>Words that switch the grammar on; none: it holds from the start.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];
}
