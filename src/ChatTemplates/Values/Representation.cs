namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's repr(), which is also how lists and dicts print.</summary>
internal static class Representation
{
    public static string Of(RenderState s, object value)
    {
        StringBuilder output = new();
        Append(s, output, value);
        return output.ToString();
    }

    public static void Append(RenderState s, StringBuilder output, object value)
    {
        s.Enter(s.At);
        int before = output.Length;
        switch (value)
        {
            case string text:
                StringRepresentation.Append(output, text);
                break;
            case ListValue list:
                Sequence(s, output, "[", list.Items, "]");
                break;
            case TupleValue tuple:
                Sequence(s, output, "(", tuple.Items, tuple.Items.Length == 1 ? ",)" : ")");
                break;
            case DictValue dict:
                Dict(s, output, dict);
                break;
            case DictView view:
                Sequence(s, output, $"dict_{view.Kind}([", view.Elements(), "])");
                break;
            case RangeValue range:
                output.Append(CultureInfo.InvariantCulture, $"range({range.Start}, {range.Stop}");
                output.Append(range.Step == 1 ? ")" : FormattableString.Invariant($", {range.Step})"));
                break;
            case Undefined:
                output.Append("Undefined");
                break;
            case NamespaceValue space:
                DictValue attributes = new();
                foreach ((string name, object attribute) in space.Attributes) attributes.Set(s, name, attribute);
                output.Append("<Namespace ");
                Dict(s, output, attributes);
                output.Append('>');
                break;
            case MacroValue macro:
                output.Append(CultureInfo.InvariantCulture, $"<Macro '{macro.Name}'>");
                break;
            case IteratorValue or CallableValue or LoopValue:
                output.Append('<').Append(TypeNames.Of(value)).Append(" object>");
                break;
            default:
                output.Append(Texts.Of(s, value));
                break;
        }

        s.ReserveText(Math.Max(0, output.Length - before));
        if (output.Length > s.Limits.MaxStringLength) s.ReserveText(output.Length);
        s.Leave();
    }

    private static void Sequence(
        RenderState s, StringBuilder output, string open, IEnumerable<object> items, string close)
    {
        output.Append(open);
        bool first = true;
        foreach (object item in items)
        {
            if (!first) output.Append(", ");
            first = false;
            Append(s, output, item);
        }

        output.Append(close);
    }

    private static void Dict(RenderState s, StringBuilder output, DictValue dict)
    {
        output.Append('{');
        bool first = true;
        foreach ((object key, object value) in dict.Entries)
        {
            if (!first) output.Append(", ");
            first = false;
            Append(s, output, key);
            output.Append(": ");
            Append(s, output, value);
        }

        output.Append('}');
    }
}
