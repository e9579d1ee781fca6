using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LocalAI.Pipeline.ModelCatalogue.Yaml;

/// <summary>
/// Reads one YAML document into values with their lines. Only the parser's events are used: no type is ever created from
/// the text, and an alias costs what its anchor costs, so a small text cannot become a large tree.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>Model files are three levels deep; the rest is room for template arguments.</summary>
    public const int MaxDepth = 32;

    /// <summary>Values in one file, those behind aliases counted each time. A full model file has about 200.</summary>
    public const int MaxValues = 20_000;

    private readonly Dictionary<string, (YamlValue Value, int Count)> _anchors = new(StringComparer.Ordinal);
    private readonly Parser _parser;
    private int _values;

    private YamlReader(TextReader text) => _parser = new Parser(text);

    /// <summary>The document's value; null when the text is empty.</summary>
    /// <exception cref="YamlTextException">The text cannot be read, with the line.</exception>
    public static YamlValue? Read(string text)
    {
        using var reader = new StringReader(text);
        var yaml = new YamlReader(reader);
        try
        {
            return yaml.ReadDocument();
        }
        catch (YamlException exception)
        {
            throw new YamlTextException((int)exception.Start.Line, FirstLine(exception.Message));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The parser's own slips at torn texts: "[a" followed by a key, for example.
            throw new YamlTextException((int)(yaml._parser.Current?.End.Line ?? 0), "the text is no YAML from here on");
        }
    }

    private YamlValue? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var value = ReadValue(1);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            throw new YamlTextException(LineOf(second), "a second document begins here; a file holds one model");
        }

        return value;
    }

    private YamlValue ReadValue(int depth)
    {
        var read = _parser.Consume<ParsingEvent>();
        var line = LineOf(read);
        if (depth > MaxDepth)
        {
            throw new YamlTextException(line, $"values are nested more than {MaxDepth} deep");
        }

        if (read is AnchorAlias alias)
        {
            return Resolve(alias.Value.Value, line);
        }

        Count(1, line);
        var before = _values - 1;
        YamlValue value = read switch
        {
            Scalar scalar => new YamlScalar(line, scalar.Value, scalar.Style is ScalarStyle.Plain && !IsText(scalar)),
            SequenceStart => new YamlList(line, ReadItems(depth)),
            MappingStart => new YamlMap(line, ReadEntries(depth)),
            _ => throw new YamlTextException(line, "a value is missing here"),
        };
        if (read is NodeEvent { Anchor.IsEmpty: false } node)
        {
            _anchors[node.Anchor.Value] = (value, _values - before);
        }

        return value;
    }

    private List<YamlValue> ReadItems(int depth)
    {
        var items = new List<YamlValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadValue(depth + 1));
        }

        return items;
    }

    private List<YamlEntry> ReadEntries(int depth)
    {
        var entries = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        var merged = new List<YamlEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var keyLine = LineOf(_parser.Current ?? throw new YamlTextException(0, "the text ends too early"));
            if (ReadValue(depth + 1) is not YamlScalar key)
            {
                throw new YamlTextException(keyLine, "a key must be a single text");
            }

            var value = ReadValue(depth + 1);
            if (key is { Text: "<<", IsPlain: true })
            {
                merged.AddRange(Merged(value));
            }
            else if (!entries.TryAdd(key.Text, new YamlEntry(key.Text, key.Line, value)))
            {
                throw new YamlTextException(keyLine, $"the key {key.Text} is already set in line {entries[key.Text].Line}");
            }
        }

        foreach (var entry in merged)
        {
            entries.TryAdd(entry.Key, entry);
        }

        return [.. entries.Values];
    }

    /// <summary>YAML 1.1's merge key: what it brings gives way to the keys beside it.</summary>
    private static IEnumerable<YamlEntry> Merged(YamlValue value) => value switch
    {
        YamlMap map => map.Entries,
        YamlList list when list.Items.All(item => item is YamlMap) => list.Items.SelectMany(item => ((YamlMap)item).Entries),
        _ => throw new YamlTextException(value.Line, "<< must name a section or a list of sections"),
    };

    private YamlValue Resolve(string name, int line)
    {
        if (!_anchors.TryGetValue(name, out var anchor))
        {
            throw new YamlTextException(line, $"*{name} stands for nothing: no value before it has the anchor &{name}");
        }

        Count(anchor.Count, line);
        return anchor.Value;
    }

    private void Count(int more, int line)
    {
        _values += more;
        if (_values > MaxValues)
        {
            throw new YamlTextException(line, $"the file has more than {MaxValues} values, counting those behind aliases");
        }
    }

    private static bool IsText(Scalar scalar) => !scalar.Tag.IsEmpty && scalar.Tag.Value.EndsWith(":str", StringComparison.Ordinal);

    private static int LineOf(ParsingEvent read) => (int)read.Start.Line;

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
