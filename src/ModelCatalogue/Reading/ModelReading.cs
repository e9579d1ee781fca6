namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>What came of one file.</summary>
internal sealed record ModelReading
{
    public required string Name { get; init; }

    public required string Source { get; init; }

    /// <summary>Null where there are mistakes.</summary>
    public ModelDefinition? Model { get; init; }

    public IReadOnlyList<ModelMistake> Mistakes { get; init; } = [];

    public IReadOnlyList<ModelMistake> Warnings { get; init; } = [];

    /// <summary>Full paths of the files that it names: they are no models of their own.</summary>
    public IReadOnlyList<string> UsedFiles { get; init; } = [];
}
