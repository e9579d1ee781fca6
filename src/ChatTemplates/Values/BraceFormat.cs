namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's <c>str.format</c>: numbered, automatic and named fields with attributes, items and specifications.</summary>
internal static class BraceFormat
{
    public static string Apply(RenderState s, string format, Arguments arguments)
    {
        StringBuilder output = new();
        int automatic = 0;
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            bool doubled = i + 1 < format.Length && format[i + 1] == c;
            if (c is not ('{' or '}'))
            {
                output.Append(c);
            }
            else if (doubled)
            {
                output.Append(c);
                i++;
            }
            else
            {
                int close = c == '{' ? format.IndexOf('}', i) : -1;
                if (close < 0) throw s.Error("single brace in format string");
                output.Append(Field(s, format[(i + 1)..close], arguments, ref automatic));
                i = close;
            }

            if (output.Length > s.Limits.MaxStringLength) s.ReserveText(output.Length);
        }

        return s.Built(output.ToString());
    }

    private static string Field(RenderState s, string field, Arguments arguments, ref int automatic)
    {
        if (field.Contains('{', StringComparison.Ordinal)) throw s.Error("nested format fields are not supported");
        int colon = field.IndexOf(':', StringComparison.Ordinal);
        string specification = colon < 0 ? "" : field[(colon + 1)..];
        string name = colon < 0 ? field : field[..colon];
        int bang = name.IndexOf('!', StringComparison.Ordinal);
        string conversion = bang < 0 ? "" : name[(bang + 1)..];
        if (bang >= 0) name = name[..bang];
        object value = Lookup(s, name, arguments, ref automatic);
        if (conversion is "r" or "a") value = Representation.Of(s, value);
        else if (conversion == "s") value = Texts.Of(s, value);
        else if (bang >= 0) throw s.Error($"unknown conversion '{conversion}'");
        return FormatSpecification.Apply(s, value, specification);
    }

    private static object Lookup(RenderState s, string path, Arguments arguments, ref int automatic)
    {
        int end = path.AsSpan().IndexOfAny('.', '[');
        string first = end < 0 ? path : path[..end];
        if (first.Length == 0) first = (automatic++).ToString(CultureInfo.InvariantCulture);
        object value = int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? index < arguments.Positional.Length ? arguments.Positional[index] : throw s.Error("replacement index out of range")
            : Named(s, arguments, first);
        string rest = end < 0 ? "" : path[end..];
        while (rest.Length > 0)
        {
            int close = rest[0] == '[' ? rest.IndexOf(']', StringComparison.Ordinal) : rest.AsSpan(1).IndexOfAny('.', '[') + 1;
            if (rest[0] == '[' && close < 0) throw s.Error("expected ']' in format field");
            if (close <= 0) close = rest.Length;
            string key = rest[1..close];
            value = rest[0] == '.' ? Access.Attribute(s, value, key) : Item(s, value, key);
            if (value is Undefined undefined) throw undefined.Fault(s);
            rest = rest[0] == '[' ? rest[Math.Min(close + 1, rest.Length)..] : rest[close..];
        }

        return value;
    }

    private static object Item(RenderState s, object owner, string key) => Access.Item(
        s, owner, long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long index) ? Box.Of(index) : key);

    private static object Named(RenderState s, Arguments arguments, string name)
    {
        foreach ((string key, object value) in arguments.Named)
            if (key == name) return value;
        throw s.Error($"the format's key '{name}' is missing");
    }
}
