namespace LocalAI.Pipeline.ChatTemplates.Predicates;

/// <summary>Tests of a value against an argument.</summary>
internal static class ComparisonPredicates
{
    public static Dictionary<string, PredicateBody> All { get; } = new(StringComparer.Ordinal)
    {
        ["odd"] = (s, x, a) => Remainder(s, x, a, "odd", 2L) is 1L or 1.0,
        ["even"] = (s, x, a) => IsZero(Remainder(s, x, a, "even", 2L)),
        ["divisibleby"] = (s, x, a) => IsZero(Arithmetic.Modulo(s, x, a.Exactly(s, "divisibleby", 1)[0])),
        ["in"] = (s, x, a) => Membership.Contains(s, a.Exactly(s, "in", 1)[0], x),
        ["sameas"] = (s, x, a) => AreSame(x, a.Exactly(s, "sameas", 1)[0]),
        ["eq"] = Compare("=="), ["equalto"] = Compare("=="), ["=="] = Compare("=="),
        ["ne"] = Compare("!="), ["!="] = Compare("!="),
        ["lt"] = Compare("<"), ["lessthan"] = Compare("<"), ["<"] = Compare("<"),
        ["le"] = Compare("<="), ["<="] = Compare("<="),
        ["gt"] = Compare(">"), ["greaterthan"] = Compare(">"), [">"] = Compare(">"),
        ["ge"] = Compare(">="), [">="] = Compare(">="),
    };

    private static PredicateBody Compare(string symbol) => (s, x, a) =>
        ComparisonExpression.Holds(s, symbol, x, a.Exactly(s, symbol, 1)[0]);

    private static object Remainder(RenderState s, object x, Arguments a, string name, long divisor)
    {
        a.Exactly(s, name, 0);
        return Arithmetic.Modulo(s, x, Box.Of(divisor));
    }

    private static bool IsZero(object value) => Numbers.TryDouble(value, out double number) && number == 0;

    /// <summary>Python shares small integers; other numbers count as distinct objects there, but equal here.</summary>
    private static bool AreSame(object x, object y) => ReferenceEquals(x, y)
        || (x is bool a && y is bool b && a == b)
        || (x is long i && y is long j && i == j)
        || (x is string t && y is string u && t == u);
}
