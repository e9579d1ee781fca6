namespace LocalAI.Pipeline.Testing.Gbnf;

/// <summary>A character of a set, or a reference to a rule.</summary>
public sealed record GbnfElement
{
    public IReadOnlyList<(int First, int Last)>? Characters { get; init; }

    public int Rule { get; init; } = -1;

    public bool Accepts(int codePoint) => Characters!.Any(range => codePoint >= range.First && codePoint <= range.Last);
}
