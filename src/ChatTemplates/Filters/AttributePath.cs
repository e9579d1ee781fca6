namespace LocalAI.Pipeline.ChatTemplates.Filters;

/// <summary>The attribute argument of many filters: names or indexes with dots between, several with commas.</summary>
internal sealed class AttributePath
{
    private readonly object[][] _paths;
    private readonly object? _otherwise;
    private readonly bool _ignoreCase;

    private AttributePath(object[][] paths, object? otherwise, bool ignoreCase)
    {
        _paths = paths;
        _otherwise = otherwise;
        _ignoreCase = ignoreCase;
    }

    public static AttributePath Parse(
        RenderState s, object? attribute, object? otherwise = null, bool ignoreCase = false, bool mayBeSeveral = false)
    {
        object[][] paths = attribute switch
        {
            null or NoneValue => [[]],
            string text when mayBeSeveral => Array.ConvertAll(text.Split(','), Split),
            string text => [Split(text)],
            long index => [[index]],
            _ => throw s.Error($"an attribute must be a string or an integer, not {TypeNames.Of(attribute)}"),
        };
        return new AttributePath(paths, otherwise, ignoreCase);
    }

    public object Of(RenderState s, object item)
    {
        if (_paths.Length == 1) return One(s, item, _paths[0]);
        return new ListValue([.. _paths.Select(path => One(s, item, path))]);
    }

    private object One(RenderState s, object item, object[] path)
    {
        object value = item;
        foreach (object part in path)
        {
            s.Charge(1);
            value = Access.Item(s, value, part);
            if (value is Undefined && _otherwise is not null) value = _otherwise;
        }

        if (!_ignoreCase || value is not string text) return value;
        s.ChargeText(text.Length);
        return StringCasing.Lower(text);
    }

    private static object[] Split(string path) => Array.ConvertAll(path.Split('.'), part =>
        long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long index) ? index : (object)part);
}
