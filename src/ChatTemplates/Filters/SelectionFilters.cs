namespace LocalAI.Pipeline.ChatTemplates.Filters;

/// <summary>Filters that pick or map elements one by one; all give generators.</summary>
internal static class SelectionFilters
{
    public static Dictionary<string, FilterBody> All { get; } = new(StringComparer.Ordinal)
    {
        ["map"] = Map,
        ["select"] = (s, x, a) => Pick(s, x, a, byAttribute: false, wanted: true),
        ["reject"] = (s, x, a) => Pick(s, x, a, byAttribute: false, wanted: false),
        ["selectattr"] = (s, x, a) => Pick(s, x, a, byAttribute: true, wanted: true),
        ["rejectattr"] = (s, x, a) => Pick(s, x, a, byAttribute: true, wanted: false),
    };

    private static IteratorValue Map(RenderState s, object x, Arguments a)
    {
        if (a.Positional.Length > 0)
        {
            string name = Argument.Text(s, a.Positional[0], "map");
            FilterBody filter = FilterTable.Find(name) ?? throw s.Error($"no filter named '{name}'");
            Arguments rest = a.Without(1);
            return Over(s, x, item => filter(s, item, rest));
        }

        object?[] bound = a.Bind(s, "map", 0, "attribute", "default");
        if (bound[0] is null) throw s.Error("map requires a filter argument");
        AttributePath path = AttributePath.Parse(s, bound[0], bound[1]);
        return Over(s, x, item => path.Of(s, item));
    }

    private static IteratorValue Over(RenderState s, object x, Func<object, object> change)
    {
        if (!Truth.Of(x)) return new IteratorValue(s, []);
        IEnumerable<object> items = Iteration.Items(s, x);
        return new IteratorValue(s, items.Select(item =>
        {
            s.Charge(1);
            return change(item);
        }));
    }

    private static IteratorValue Pick(RenderState s, object x, Arguments a, bool byAttribute, bool wanted)
    {
        if (byAttribute && a.Positional.Length == 0) throw s.Error("missing parameter for attribute name");
        AttributePath path = AttributePath.Parse(s, byAttribute ? a.Positional[0] : null);
        int at = byAttribute ? 1 : 0;
        PredicateBody? test = null;
        Arguments rest = Arguments.None;
        if (a.Positional.Length > at)
        {
            string name = Argument.Text(s, a.Positional[at], "select");
            test = PredicateTable.Find(name) ?? throw s.Error($"no test named '{name}'");
            rest = a.Without(at + 1);
        }

        if (!Truth.Of(x)) return new IteratorValue(s, []);
        IEnumerable<object> items = Iteration.Items(s, x);
        return new IteratorValue(s, items.Where(item =>
        {
            s.Charge(1);
            object value = path.Of(s, item);
            return (test is null ? Truth.Of(value) : test(s, value, rest)) == wanted;
        }));
    }
}
