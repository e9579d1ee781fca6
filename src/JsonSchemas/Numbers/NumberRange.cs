namespace LocalAI.Pipeline.JsonSchemas.Numbers;

/// <summary>The numbers between two bounds; null is no bound.</summary>
internal sealed record NumberRange
{
    public decimal? Least { get; init; }

    /// <summary>The lower bound itself is outside.</summary>
    public bool IsAbove { get; init; }

    public decimal? Most { get; init; }

    /// <summary>The upper bound itself is outside.</summary>
    public bool IsBelow { get; init; }

    public static NumberRange All { get; } = new();

    public bool IsAll => Least is null && Most is null;

    public NumberRange Intersect(NumberRange other) => (this with
    {
        Least = Tighter(Least, other.Least, Math.Max),
        Most = Tighter(Most, other.Most, Math.Min),
    }) switch
    {
        var both => both with
        {
            IsAbove = (IsAbove && Least == both.Least) || (other.IsAbove && other.Least == both.Least),
            IsBelow = (IsBelow && Most == both.Most) || (other.IsBelow && other.Most == both.Most),
        },
    };

    public bool Contains(decimal number) =>
        (Least is not { } least || (IsAbove ? number > least : number >= least)) && (Most is not { } most || (IsBelow ? number < most : number <= most));

    /// <summary>The same whole numbers, with whole bounds that are inside.</summary>
    public NumberRange ToIntegers() => new()
    {
        Least = Least is { } least ? IsAbove ? decimal.Floor(least) + 1 : decimal.Ceiling(least) : null,
        Most = Most is { } most ? IsBelow ? decimal.Ceiling(most) - 1 : decimal.Floor(most) : null,
    };

    private static decimal? Tighter(decimal? one, decimal? other, Func<decimal, decimal, decimal> choose) =>
        one is { } a && other is { } b ? choose(a, b) : one ?? other;
}
