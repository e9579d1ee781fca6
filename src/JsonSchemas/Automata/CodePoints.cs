namespace LocalAI.Pipeline.JsonSchemas.Automata;

/// <summary>A set of Unicode scalar values, as sorted ranges that do not touch.</summary>
internal sealed class CodePoints
{
    private const int LastBeforeSurrogates = 0xD7FF;
    private const int FirstAfterSurrogates = 0xE000;
    private const int Last = 0x10FFFF;

    private CodePoints(List<(int First, int Last)> ranges) => Ranges = ranges;

    public static CodePoints All { get; } = new([(0, LastBeforeSurrogates), (FirstAfterSurrogates, Last)]);

    public IReadOnlyList<(int First, int Last)> Ranges { get; }

    public bool IsEmpty => Ranges.Count == 0;

    /// <summary>The union of the ranges, without surrogates.</summary>
    public static CodePoints Of(IEnumerable<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var (first, last) in ranges.SelectMany(WithoutSurrogates).OrderBy(range => range.First))
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            else
                merged.Add((first, last));
        }

        return new CodePoints(merged);
    }

    public static CodePoints One(int codePoint) => Of([(codePoint, codePoint)]);

    public CodePoints Complement()
    {
        var gaps = new List<(int First, int Last)>();
        var next = 0;
        foreach (var (first, last) in Ranges)
        {
            if (first > next)
                gaps.Add((next, first - 1));
            next = last + 1;
        }

        if (next <= Last)
            gaps.Add((next, Last));
        return Of(gaps);
    }

    public CodePoints Intersect(CodePoints other) => Of([.. Complement().Ranges, .. other.Complement().Ranges]).Complement();

    public bool Contains(int codePoint) => Ranges.Any(range => codePoint >= range.First && codePoint <= range.Last);

    private static IEnumerable<(int First, int Last)> WithoutSurrogates((int First, int Last) range)
    {
        if (range.First <= LastBeforeSurrogates)
            yield return (range.First, Math.Min(range.Last, LastBeforeSurrogates));
        if (range.Last >= FirstAfterSurrogates)
            yield return (Math.Max(range.First, FirstAfterSurrogates), range.Last);
    }
}
