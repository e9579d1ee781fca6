namespace LocalAI.Pipeline.JsonSchemas.Automata;

/// <summary>A regular expression as a tree. An empty sequence matches the empty text, an empty choice matches nothing.</summary>
internal sealed record Pattern
{
    public required PatternKind Kind { get; init; }

    public CodePoints? Characters { get; init; }

    public IReadOnlyList<Pattern> Parts { get; init; } = [];

    public int Least { get; init; }

    public int? Most { get; init; }

    public static Pattern Nothing { get; } = Choice([]);

    public static Pattern Empty { get; } = Sequence([]);

    /// <summary>Any text, of any characters.</summary>
    public static Pattern AnyText { get; } = Repeat(Set(CodePoints.All), 0, null);

    public static Pattern Set(CodePoints characters) => new() { Kind = PatternKind.Set, Characters = characters };

    public static Pattern Range(char first, char last) => first > last ? Nothing : Set(CodePoints.Of([(first, last)]));

    public static Pattern Text(string text) => Sequence([.. text.EnumerateRunes().Select(rune => Set(CodePoints.One(rune.Value)))]);

    public static Pattern Sequence(params IReadOnlyList<Pattern> parts) => new() { Kind = PatternKind.Sequence, Parts = parts };

    public static Pattern Choice(params IReadOnlyList<Pattern> parts) => new() { Kind = PatternKind.Choice, Parts = parts };

    public static Pattern Repeat(Pattern part, int least, int? most) => new() { Kind = PatternKind.Repeat, Parts = [part], Least = least, Most = most };

    public static Pattern Optional(Pattern part) => Repeat(part, 0, 1);
}
