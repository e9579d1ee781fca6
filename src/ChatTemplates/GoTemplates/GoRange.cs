namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary><c>range</c> over a list, an object in the order of its keys, or a number of times.</summary>
internal sealed class GoRange(Position at, GoPipeline items, GoNode[] body, GoNode[] otherwise) : GoNode(at)
{
    protected override Flow Write(RenderState s, GoScope scope)
    {
        object source = items.EvaluateValue(s, scope);
        List<(object Key, object Value)> all = Elements(s, source);
        if (all.Count == 0) return WriteAll(s, otherwise, new GoScope(scope, scope.Dot));
        foreach ((object key, object value) in all)
        {
            s.Charge(1);
            GoScope inner = new(scope, value);
            string[] names = items.Variables;
            if (names.Length == 1) inner.Declare(names[0], value);
            if (names.Length == 2)
            {
                inner.Declare(names[0], key);
                inner.Declare(names[1], value);
            }

            if (WriteAll(s, body, inner) == Flow.Break) break;
        }

        return Flow.Next;
    }

    private static List<(object Key, object Value)> Elements(RenderState s, object source)
    {
        switch (source)
        {
            case DictValue dict:
                s.ChargeItems(dict.Count);
                return [.. dict.Entries.Select(entry => (entry.Key, entry.Value))
                    .OrderBy(entry => entry.Key as string, StringComparer.Ordinal)];
            case ListValue list:
                s.ChargeItems(list.Items.Count);
                return [.. list.Items.Select((item, index) => (Box.Of((long)index), item))];
            case long count and >= 0 when count <= s.Limits.MaxRange:
                s.ChargeItems(count);
                return [.. Enumerable.Range(0, (int)count).Select(i => (Box.Of((long)i), Box.Of((long)i)))];
            case NoneValue:
                return [];
            default:
                throw s.Error($"range can't iterate over {GoValues.Text(s, source)}");
        }
    }
}
