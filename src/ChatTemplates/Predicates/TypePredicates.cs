using System.Numerics;

namespace LocalAI.Pipeline.ChatTemplates.Predicates;

/// <summary>Tests of what a value is.</summary>
internal static class TypePredicates
{
    public static Dictionary<string, PredicateBody> All { get; } = new(StringComparer.Ordinal)
    {
        ["defined"] = Of("defined", x => x is not Undefined),
        ["undefined"] = Of("undefined", x => x is Undefined),
        ["none"] = Of("none", x => x is NoneValue),
        ["string"] = Of("string", x => x is string),
        ["number"] = Of("number", x => x is long or double or bool or BigInteger),
        ["integer"] = Of("integer", x => x is long or BigInteger),
        ["float"] = Of("float", x => x is double),
        ["boolean"] = Of("boolean", x => x is bool),
        ["true"] = Of("true", x => x is true),
        ["false"] = Of("false", x => x is false),
        ["mapping"] = Of("mapping", x => x is DictValue),
        ["iterable"] = Of("iterable", x => Iteration.TryItems(x, out _)),
        ["sequence"] = Of("sequence", x => x is string or ListValue or TupleValue or DictValue or RangeValue or Undefined),
        ["callable"] = Of("callable", x => x is CallableValue or Undefined),
        ["escaped"] = Of("escaped", _ => false),
        ["lower"] = (s, x, a) => Cased(s, x, a, "lower", StringKinds.IsLower),
        ["upper"] = (s, x, a) => Cased(s, x, a, "upper", StringKinds.IsUpper),
        ["filter"] = (s, x, a) => x is string name && FilterTable.Find(name) is not null,
        ["test"] = (s, x, a) => x is string name && PredicateTable.Find(name) is not null,
    };

    private static PredicateBody Of(string name, Func<object, bool> holds) => (s, x, a) =>
    {
        if (a.Positional.Length + a.Named.Length > 0) a.Exactly(s, name, 0);
        return holds(x);
    };

    private static bool Cased(RenderState s, object x, Arguments a, string name, Func<string, bool> holds)
    {
        a.Exactly(s, name, 0);
        string text = Texts.Of(s, x);
        s.ChargeText(text.Length);
        return holds(text);
    }
}
