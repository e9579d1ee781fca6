namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>Comparison, choice and collections.</summary>
internal static class GoLogicFunctions
{
    public static Dictionary<string, GoFunction> All { get; } = new(StringComparer.Ordinal)
    {
        ["not"] = (s, a) => Box.Of(!GoValues.IsTrue(GoFunctions.Count(s, a, "not", 1, 1)[0])),
        ["eq"] = (s, a) => Box.Of(GoFunctions.Count(s, a, "eq", 2).Skip(1).Any(other => Equality.AreEqual(s, a[0], other))),
        ["ne"] = (s, a) => Box.Of(!Equality.AreEqual(s, GoFunctions.Count(s, a, "ne", 2, 2)[0], a[1])),
        ["lt"] = (s, a) => Box.Of(Order(s, a, "lt") < 0),
        ["le"] = (s, a) => Box.Of(Order(s, a, "le") <= 0),
        ["gt"] = (s, a) => Box.Of(Order(s, a, "gt") > 0),
        ["ge"] = (s, a) => Box.Of(Order(s, a, "ge") >= 0),
        ["len"] = (s, a) => Box.Of((long)Iteration.Length(s, GoFunctions.Count(s, a, "len", 1, 1)[0] is NoneValue ? "" : a[0])),
        ["index"] = Index,
        ["default"] = (s, a) => GoFunctions.Count(s, a, "default", 1, 2).Length == 2 && GoValues.IsTrue(a[1]) ? a[1] : a[0],
        ["empty"] = (s, a) => Box.Of(!GoValues.IsTrue(GoFunctions.Count(s, a, "empty", 1, 1)[0])),
        ["coalesce"] = (s, a) => a.FirstOrDefault(GoValues.IsTrue) ?? NoneValue.Instance,
        ["ternary"] = (s, a) => GoValues.IsTrue(GoFunctions.Count(s, a, "ternary", 3, 3)[2]) ? a[0] : a[1],
        ["list"] = (s, a) => new ListValue([.. a]),
        ["dict"] = Dict,
        ["first"] = (s, a) => Items(s, a, "first").FirstOrDefault() ?? NoneValue.Instance,
        ["last"] = (s, a) => Items(s, a, "last").LastOrDefault() ?? NoneValue.Instance,
        ["hasKey"] = (s, a) => Box.Of(GoFunctions.Count(s, a, "hasKey", 2, 2)[0] is DictValue dict && dict.TryGet(a[1], out _)),
    };

    private static int Order(RenderState s, object[] a, string name) =>
        Ordering.Compare(s, GoFunctions.Count(s, a, name, 2, 2)[0], a[1], name);

    private static List<object> Items(RenderState s, object[] a, string name) =>
        Iteration.ToList(s, GoFunctions.Count(s, a, name, 1, 1)[0]);

    private static object Index(RenderState s, object[] a)
    {
        object value = GoFunctions.Count(s, a, "index", 1)[0];
        foreach (object key in a.Skip(1))
        {
            value = Access.Item(s, value, key);
            if (value is not (Undefined or CallableValue)) continue;
            if (key is long) throw s.Error($"index out of range: {GoValues.Text(s, key)}");
            value = NoneValue.Instance;
        }

        return value;
    }

    private static DictValue Dict(RenderState s, object[] a)
    {
        DictValue dict = new();
        for (int i = 0; i < a.Length; i += 2)
            dict.Set(s, GoValues.Text(s, a[i]), i + 1 < a.Length ? a[i + 1] : "");
        return dict;
    }
}
