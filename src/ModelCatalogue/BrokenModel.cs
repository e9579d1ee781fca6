namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>A file that gives no model; it disables nothing but itself.</summary>
public sealed record BrokenModel
{
    /// <summary>More mistakes are counted, not listed, in what a caller is told.</summary>
    private const int ListedMistakes = 5;

    /// <summary>The model's name where it could be read, else the file's name without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>Relative to the models folder.</summary>
    public required string File { get; init; }

    /// <summary>Everything that is wrong with it, at least one.</summary>
    public required IReadOnlyList<ModelMistake> Mistakes { get; init; }

    /// <summary>The line of the first mistake; 0 where it is about the file as a whole.</summary>
    public int Line => Mistakes[0].Line;

    /// <summary>All mistakes in one line, without the file and the first one's line number.</summary>
    public string Reason
    {
        get
        {
            var listed = Mistakes.Take(ListedMistakes).Select((mistake, index) => index == 0 ? mistake.Reason : mistake.ToString());
            var more = Mistakes.Count > ListedMistakes ? $"; and {Mistakes.Count - ListedMistakes} more" : "";
            return string.Join("; ", listed) + more;
        }
    }

    /// <inheritdoc />
    public override string ToString() => Line > 0 ? $"{File}, line {Line}: {Reason}" : $"{File}: {Reason}";
}
