namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>Functions over text; in sprig's order the text comes last.</summary>
internal static class GoTextFunctions
{
    public static Dictionary<string, GoFunction> All { get; } = new(StringComparer.Ordinal)
    {
        ["print"] = (s, a) => s.Built(string.Concat(a.Select(value => GoValues.Text(s, value)))),
        ["println"] = (s, a) => s.Built(string.Join(' ', a.Select(value => GoValues.Text(s, value))) + "\n"),
        ["printf"] = Printf,
        ["toString"] = (s, a) => Text(s, a, "toString", 1),
        ["toJson"] = (s, a) => Escaped(Json(s, a, null)),
        ["toRawJson"] = (s, a) => Json(s, a, null),
        ["toPrettyJson"] = (s, a) => Escaped(Json(s, a, "  ")),
        ["trim"] = (s, a) => StringTrimming.Strip(Text(s, a, "trim", 1), CodePoints.IsSpace, true, true),
        ["trimAll"] = (s, a) => Trim(s, a, true, true),
        ["trimPrefix"] = (s, a) => Text(s, a, "trimPrefix", 2) is var text && text.StartsWith(Part(s, a), StringComparison.Ordinal) ? text[Part(s, a).Length..] : text,
        ["trimSuffix"] = (s, a) => Text(s, a, "trimSuffix", 2) is var text && text.EndsWith(Part(s, a), StringComparison.Ordinal) ? text[..^Part(s, a).Length] : text,
        ["contains"] = (s, a) => Box.Of(Text(s, a, "contains", 2).Contains(Part(s, a), StringComparison.Ordinal)),
        ["hasPrefix"] = (s, a) => Box.Of(Text(s, a, "hasPrefix", 2).StartsWith(Part(s, a), StringComparison.Ordinal)),
        ["hasSuffix"] = (s, a) => Box.Of(Text(s, a, "hasSuffix", 2).EndsWith(Part(s, a), StringComparison.Ordinal)),
        ["upper"] = (s, a) => StringCasing.Upper(Text(s, a, "upper", 1)),
        ["lower"] = (s, a) => StringCasing.Lower(Text(s, a, "lower", 1)),
        ["title"] = (s, a) => StringCasing.Title(Text(s, a, "title", 1)),
        ["quote"] = (s, a) => Json(s, [Text(s, a, "quote", 1)], null),
        ["squote"] = (s, a) => s.Built("'" + Text(s, a, "squote", 1) + "'"),
        ["replace"] = (s, a) => StringBuilding.Replace(s, Text(s, a, "replace", 3), Part(s, a), GoValues.Text(s, a[1]), -1),
        ["repeat"] = (s, a) => Arithmetic.Multiply(s, Text(s, a, "repeat", 2), a[0]),
        ["join"] = (s, a) => s.Built(string.Join(Part(s, GoFunctions.Count(s, a, "join", 2, 2)), Iteration.ToList(s, a[1]).Select(value => GoValues.Text(s, value)))),
        ["splitList"] = (s, a) => StringSplitting.Split(s, Text(s, a, "splitList", 2), new Arguments([Part(s, a)], []), false),
        ["indent"] = (s, a) => Indent(s, a, ""),
        ["nindent"] = (s, a) => Indent(s, a, "\n"),
    };

    /// <summary>The last argument as text, after checking that there are so many.</summary>
    private static string Text(RenderState s, object[] a, string name, int count)
    {
        string text = GoValues.Text(s, GoFunctions.Count(s, a, name, count, count)[^1]);
        s.ChargeText(text.Length);
        return text;
    }

    private static string Part(RenderState s, object[] a) => GoValues.Text(s, a[0]);

    private static string Trim(RenderState s, object[] a, bool start, bool end)
    {
        string set = Part(s, GoFunctions.Count(s, a, "trimAll", 2, 2));
        return StringTrimming.Strip(Text(s, a, "trimAll", 2), c => set.Contains(c, StringComparison.Ordinal), start, end);
    }

    private static string Json(RenderState s, object[] a, string? indent)
    {
        GoFunctions.Count(s, a, "toJson", 1, 1);
        return JsonText.Of(s, a[0], new JsonTextOptions
        {
            Indent = indent, ItemSeparator = ",", KeySeparator = indent is null ? ":" : ": ",
        });
    }

    /// <summary>Go's encoder writes these three so that JSON may stand in a web page.</summary>
    private static string Escaped(string json) => json.Replace("<", "\\u003c", StringComparison.Ordinal)
        .Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal);

    private static string Printf(RenderState s, object[] a)
    {
        string format = Part(s, GoFunctions.Count(s, a, "printf", 1)).Replace("%v", "%s", StringComparison.Ordinal);
        object[] values = [.. a.Skip(1).Select(value => value is long or double or string ? value : GoValues.Text(s, value))];
        return PercentFormat.Apply(s, format.Replace("%q", "\"%s\"", StringComparison.Ordinal), new TupleValue(values));
    }

    private static string Indent(RenderState s, object[] a, string before)
    {
        string text = Text(s, a, "indent", 2);
        int count = Math.Max(0, Numbers.Int(s, a[0], "the indent"));
        s.ReserveText(text.Length + (text.AsSpan().Count('\n') + 1L) * count);
        string margin = new(' ', count);
        return before + margin + text.Replace("\n", "\n" + margin, StringComparison.Ordinal);
    }
}
