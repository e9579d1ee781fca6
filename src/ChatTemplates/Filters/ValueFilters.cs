namespace LocalAI.Pipeline.ChatTemplates.Filters;

/// <summary>Filters over any value: default, attr, tojson.</summary>
internal static class ValueFilters
{
    public static Dictionary<string, FilterBody> All { get; } = new(StringComparer.Ordinal)
    {
        ["default"] = Default,
        ["d"] = Default,
        ["attr"] = Attribute,
        ["tojson"] = ToJson,
        ["pprint"] = (s, x, a) => Representation.Of(s, x),
    };

    private static object Default(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "default", 0, "default_value", "boolean");
        bool replace = x is Undefined || (Argument.Flag(bound[1], false) && !Truth.Of(x));
        return replace ? bound[0] ?? "" : x;
    }

    private static object Attribute(RenderState s, object x, Arguments a)
    {
        string name = Texts.Of(s, a.Exactly(s, "attr", 1)[0]);
        // Only true attributes: entries of a dict are not asked.
        return x is DictValue && !DictMethods.Table.ContainsKey(name) ? new Undefined(name) : Access.Attribute(s, x, name);
    }

    private static string ToJson(RenderState s, object x, Arguments a)
    {
        if (a.Positional.Length == 0 && a.Named.Length == 0) return JsonText.Of(s, x, JsonTextOptions.Default);
        object?[] bound = a.Bind(s, "tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
        string? indent = bound[1] switch
        {
            null or NoneValue => null,
            string text => text,
            object number => Blanks(s, Numbers.Int(s, number, "indent")),
        };
        (string item, string key) = bound[2] is null or NoneValue
            ? (indent is null ? ", " : ",", ": ")
            : Separators(s, bound[2]!);
        return JsonText.Of(s, x, new JsonTextOptions
        {
            EnsureAscii = Argument.Flag(bound[0], false), Indent = indent, SortKeys = Argument.Flag(bound[3], false),
            ItemSeparator = item, KeySeparator = key,
        });
    }

    private static string Blanks(RenderState s, int count)
    {
        s.ReserveText(count);
        return new string(' ', Math.Max(0, count));
    }

    private static (string Item, string Key) Separators(RenderState s, object value)
    {
        List<object> pair = Iteration.ToList(s, value);
        if (pair.Count != 2) throw s.Error("separators must be a pair");
        return (Argument.Text(s, pair[0], "tojson"), Argument.Text(s, pair[1], "tojson"));
    }
}
