using LocalAI.Pipeline.JsonSchemas.Automata;

namespace LocalAI.Pipeline.JsonSchemas.Numbers;

/// <summary>How the numbers of a range are written: behind a minus sign, and without.</summary>
internal sealed record NumberTexts(Automaton? Negative, Automaton? Positive)
{
    // What a double keeps; longer ones only where a bound is longer.
    private const int Digits = 16;

    public bool IsEmpty => Negative is null && Positive is null;

    public static NumberTexts Of(NumberRange range, bool integers, WorkBudget budget, string path)
    {
        range = integers ? range.ToIntegers() : range;
        var digits = new[] { range.Least, range.Most }.Max(bound => bound is { } number ? DecimalDigits.Of(Math.Abs(number)).Whole.Length + 1 : 0);
        var patterns = new MagnitudePatterns(integers, Math.Max(Digits, digits));
        var mirrored = new NumberRange { Least = -range.Most, IsAbove = range.IsBelow, Most = -range.Least, IsBelow = range.IsAbove };
        // There is no need for -0.
        var negative = mirrored.Least is null or < 0 ? mirrored with { Least = 0, IsAbove = true } : mirrored.Least == 0 ? mirrored with { IsAbove = true } : mirrored;
        if (integers && negative is { Least: 0 })
            negative = negative with { Least = 1, IsAbove = false };
        return new NumberTexts(Side(negative), Side(range.Least is null or < 0 ? range with { Least = 0, IsAbove = false } : range));

        Automaton? Side(NumberRange side)
        {
            if (side.Most < 0)
                return null;
            var least = Determinisation.Of(patterns.AtLeast(DecimalDigits.Of(side.Least!.Value), side.IsAbove), budget, path);
            var both = side.Most is not { } most ? least
                : AutomatonProduct.Intersect(least, Determinisation.Of(patterns.AtMost(DecimalDigits.Of(most), side.IsBelow), budget, path), budget, path);
            return both.IsEmpty ? null : both;
        }
    }
}
