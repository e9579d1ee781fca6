namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's <c>'...' % values</c>.</summary>
internal static class PercentFormat
{
    public static string Apply(RenderState s, string format, object values)
    {
        object[] items = values is TupleValue tuple ? tuple.Items : [values];
        StringBuilder output = new();
        int next = 0;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                output.Append(format[i]);
                continue;
            }

            PercentField field = PercentField.Read(s, format, i + 1);
            i = field.End;
            if (field.Kind == '%')
            {
                output.Append('%');
                continue;
            }

            object value = field.Key is { } key ? Keyed(s, values, key) : Next(s, items, next++);
            output.Append(field.Format(s, value));
            if (output.Length > s.Limits.MaxStringLength) s.ReserveText(output.Length);
        }

        // What can be indexed counts as a mapping to Python, whose values need not all be used.
        if (next < items.Length && values is not (DictValue or ListValue or RangeValue or Undefined))
            throw s.Error("not all arguments converted during string formatting");
        return s.Built(output.ToString());
    }

    private static object Keyed(RenderState s, object values, string key)
    {
        if (values is not DictValue dict) throw s.Error("format requires a mapping");
        return dict.TryGet(key, out object value) ? value : throw s.Error($"the format's key '{key}' is missing");
    }

    private static object Next(RenderState s, object[] items, int index) =>
        index < items.Length ? items[index] : throw s.Error("not enough arguments for format string");
}
