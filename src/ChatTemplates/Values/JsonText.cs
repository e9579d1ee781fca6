using System.Numerics;

namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>
/// Python's json.dumps as transformers' tojson calls it: no HTML escaping, non-ASCII kept unless asked,
/// ", " and ": " between, a newline after each item with an indent.
/// </summary>
internal sealed class JsonText(RenderState s, JsonTextOptions options)
{
    private readonly StringBuilder _output = new();
    private int _level;

    public static string Of(RenderState s, object value, JsonTextOptions options)
    {
        JsonText writer = new(s, options);
        writer.Append(value);
        return s.Built(writer._output.ToString());
    }

    private void Append(object value)
    {
        s.Enter(s.At);
        if (_output.Length > s.Limits.MaxStringLength) s.ReserveText(_output.Length);
        switch (value)
        {
            case string text:
                s.ChargeText(text.Length);
                JsonStringText.Append(_output, text, options.EnsureAscii);
                break;
            case bool or long or double or NoneValue or BigInteger:
                _output.Append(Scalar(value));
                break;
            case ListValue list:
                Sequence(list.Items);
                break;
            case TupleValue tuple:
                Sequence(tuple.Items);
                break;
            case DictValue dict:
                Dict(dict);
                break;
            default:
                throw s.Error($"{TypeNames.Of(value)} cannot be written as JSON");
        }

        s.Leave();
    }

    private static string Scalar(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        NoneValue => "null",
        double.NaN => "NaN",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        double real => FloatText.Of(real),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };

    private void Sequence(IReadOnlyList<object> items)
    {
        if (items.Count == 0)
        {
            _output.Append("[]");
            return;
        }

        _output.Append('[');
        _level++;
        for (int i = 0; i < items.Count; i++)
        {
            Separate(i == 0);
            Append(items[i]);
        }

        Close(']');
    }

    private void Dict(DictValue dict)
    {
        if (dict.Count == 0)
        {
            _output.Append("{}");
            return;
        }

        _output.Append('{');
        _level++;
        bool first = true;
        foreach ((object key, object value) in Entries(dict))
        {
            Separate(first);
            first = false;
            JsonStringText.Append(_output, KeyText(key), options.EnsureAscii);
            _output.Append(options.KeySeparator);
            Append(value);
        }

        Close('}');
    }

    private IEnumerable<KeyValuePair<object, object>> Entries(DictValue dict)
    {
        if (!options.SortKeys) return dict.Entries;
        List<KeyValuePair<object, object>> entries = [.. dict.Entries];
        Sorting.Stable(s, entries, (a, b) => Ordering.Compare(s, a.Key, b.Key));
        return entries;
    }

    private string KeyText(object key) => key switch
    {
        string text => text,
        bool or long or double or NoneValue or BigInteger => Scalar(key),
        _ => throw s.Error($"keys must be str, int, float, bool or None, not {TypeNames.Of(key)}"),
    };

    private void Separate(bool first)
    {
        if (!first) _output.Append(options.ItemSeparator);
        NewLine();
    }

    private void Close(char bracket)
    {
        _level--;
        NewLine();
        _output.Append(bracket);
    }

    private void NewLine()
    {
        if (options.Indent is not { } indent) return;
        s.ReserveText((long)indent.Length * _level);
        _output.Append('\n');
        for (int i = 0; i < _level; i++) _output.Append(indent);
    }
}
