namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>Whole-number arithmetic.</summary>
internal static class GoNumberFunctions
{
    public static Dictionary<string, GoFunction> All { get; } = new(StringComparer.Ordinal)
    {
        ["add1"] = (s, a) => Arithmetic.Add(s, GoFunctions.Count(s, a, "add1", 1, 1)[0], Box.Of(1L)),
        ["add"] = (s, a) => Fold(s, a, "add", Arithmetic.Add),
        ["sub"] = (s, a) => Fold(s, a, "sub", Arithmetic.Subtract),
        ["mul"] = (s, a) => Fold(s, a, "mul", Arithmetic.Multiply),
        ["div"] = (s, a) => Fold(s, a, "div", Quotient),
        ["mod"] = (s, a) => Fold(s, a, "mod", Arithmetic.Modulo),
        ["int"] = (s, a) => Whole(s, a),
        ["int64"] = (s, a) => Whole(s, a),
        ["until"] = (s, a) => new ListValue(Iteration.ToList(s, Until(s, a))),
    };

    private static object Fold(RenderState s, object[] a, string name, Func<RenderState, object, object, object> operation) =>
        GoFunctions.Count(s, a, name, 2).Skip(1).Aggregate(a[0], (left, right) => operation(s, left, right));

    /// <summary>Go divides towards zero.</summary>
    private static object Quotient(RenderState s, object left, object right)
    {
        long a = Numbers.Long(s, left, "a dividend"), b = Numbers.Long(s, right, "a divisor");
        if (b == 0) throw s.Error("integer divide by zero");
        return b == -1 ? Arithmetic.Negate(s, left) : Box.Of(a / b);
    }

    private static object Whole(RenderState s, object[] a) =>
        FilterTable.Find("int")!(s, GoFunctions.Count(s, a, "int", 1, 1)[0], Arguments.None);

    private static RangeValue Until(RenderState s, object[] a)
    {
        RangeValue range = new(0, Numbers.Long(s, GoFunctions.Count(s, a, "until", 1, 1)[0], "the end"), 1);
        return range.Count <= s.Limits.MaxRange ? range : throw s.Error($"a range holds at most {s.Limits.MaxRange} elements");
    }
}
