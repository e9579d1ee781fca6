namespace LocalAI.Pipeline.ChatTemplates.Filters;

/// <summary>Filters that compare elements with one another.</summary>
internal static class OrderFilters
{
    public static Dictionary<string, FilterBody> All { get; } = new(StringComparer.Ordinal)
    {
        ["sort"] = Sort,
        ["unique"] = Unique,
        ["min"] = (s, x, a) => Extreme(s, x, a, -1),
        ["max"] = (s, x, a) => Extreme(s, x, a, 1),
        ["dictsort"] = DictSort,
        ["groupby"] = GroupBy,
    };

    private static ListValue Sort(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "sort", 0, "reverse", "case_sensitive", "attribute");
        int sign = Argument.Flag(bound[0], false) ? -1 : 1;
        AttributePath path = AttributePath.Parse(s, bound[2],
            ignoreCase: !Argument.Flag(bound[1], false), mayBeSeveral: true);
        return new ListValue(Sorted(s, Iteration.ToList(s, x), item => path.Of(s, item), sign));
    }

    private static List<object> Sorted(RenderState s, List<object> items, Func<object, object> key, int sign, bool isStrict = false)
    {
        List<(object Key, object Item)> keyed = items.ConvertAll(item => (key(item), item));
        Sorting.Stable(s, keyed, (left, right) =>
            // As among the elements of a list, where equal ones need no order; groupby compares plainly.
            !isStrict && Equality.AreEqual(s, left.Key, right.Key) ? 0 : sign * Ordering.Compare(s, left.Key, right.Key));
        return keyed.ConvertAll(entry => entry.Item);
    }

    private static IteratorValue Unique(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "unique", 0, "case_sensitive", "attribute");
        AttributePath path = AttributePath.Parse(s, bound[1], ignoreCase: !Argument.Flag(bound[0], false));
        HashSet<object> seen = new(KeyComparer.Instance);
        IEnumerable<object> items = Iteration.Items(s, x);
        return new IteratorValue(s, items.Where(item =>
        {
            s.Charge(1);
            object key = path.Of(s, item);
            KeyComparer.EnsureHashable(s, key);
            return seen.Add(key);
        }));
    }

    private static object Extreme(RenderState s, object x, Arguments a, int sign)
    {
        object?[] bound = a.Bind(s, sign < 0 ? "min" : "max", 0, "case_sensitive", "attribute");
        AttributePath path = AttributePath.Parse(s, bound[1], ignoreCase: !Argument.Flag(bound[0], false));
        object? best = null, bestKey = null;
        foreach (object item in Iteration.Items(s, x))
        {
            s.Charge(1);
            object key = path.Of(s, item);
            if (bestKey is not null && sign * Ordering.Compare(s, key, bestKey) <= 0) continue;
            (best, bestKey) = (item, key);
        }

        return best ?? new Undefined("an item of an empty sequence");
    }

    private static ListValue DictSort(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "dictsort", 0, "case_sensitive", "by", "reverse");
        if (x is not DictValue dict) throw s.Error($"dictsort needs a dict, not {TypeNames.Of(x)}");
        int at = (bound[1] as string ?? "key") switch
        {
            "key" => 0,
            "value" => 1,
            _ => throw s.Error("You can only sort by either 'key' or 'value'"),
        };
        AttributePath path = AttributePath.Parse(s, Box.Of((long)at), ignoreCase: !Argument.Flag(bound[0], false));
        int sign = Argument.Flag(bound[2], false) ? -1 : 1;
        List<object> pairs = [.. new DictView(dict, "items").Elements()];
        return new ListValue(Sorted(s, pairs, pair => path.Of(s, pair), sign));
    }

    private static ListValue GroupBy(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "groupby", 1, "attribute", "default", "case_sensitive");
        bool ignoreCase = !Argument.Flag(bound[2], false);
        AttributePath path = AttributePath.Parse(s, bound[0], bound[1], ignoreCase);
        AttributePath exact = AttributePath.Parse(s, bound[0], bound[1]);
        List<object> groups = [];
        object? current = null;
        List<object> members = [];
        foreach (object item in Sorted(s, Iteration.ToList(s, x), item => path.Of(s, item), 1, isStrict: true))
        {
            object key = path.Of(s, item);
            if (current is null || !Equality.AreEqual(s, current, key))
            {
                members = [];
                groups.Add(new GroupValue(exact.Of(s, item), new ListValue(members)));
                current = key;
            }

            members.Add(item);
        }

        return new ListValue(groups);
    }
}
