using System.Globalization;
using LocalAI.Pipeline.ModelCatalogue.Yaml;

namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>
/// A section of a model file, read by key. Each read remembers its key, so that the keys nobody asked for can be warned
/// about, and turns a value of a wrong kind or size into a mistake with its line.
/// </summary>
internal sealed class ModelSection(YamlMap? map, string path, Findings findings)
{
    /// <summary>Characters of one text; a chat template of 100,000 has been seen.</summary>
    private const int MostText = 200_000;

    private const int MostItems = 1000;

    private readonly Dictionary<string, YamlEntry> _entries =
        (map?.Entries ?? []).ToDictionary(entry => entry.Key, StringComparer.Ordinal);

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public Findings Findings => findings;

    /// <summary>The entry of a key; null where it is missing or empty.</summary>
    public YamlEntry? Entry(string key)
    {
        _read.Add(key);
        return _entries.TryGetValue(key, out var entry) && entry.Value is not YamlScalar { IsNull: true } ? entry : null;
    }

    /// <summary>The first of two spellings.</summary>
    public YamlEntry? Entry(string key, string otherKey)
    {
        var other = Entry(otherKey);
        return Entry(key) ?? other;
    }

    public string? Text(string key) => TextOf(Entry(key));

    public string? TextOf(YamlEntry? entry) => entry is null ? null : TextOf(entry, entry.Value, PathOf(entry.Key));

    public string? Choice(string key, params string[] allowed)
    {
        if (Entry(key) is not { } entry || TextOf(entry) is not { } text)
        {
            return null;
        }

        if (allowed.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        findings.Mistake(entry, PathOf(key), $"is \"{Short(text)}\", but it must be one of {string.Join(", ", allowed)}");
        return null;
    }

    public bool? Flag(string key) => Entry(key) is { } entry ? FlagOf(entry) : null;

    public bool? FlagOf(YamlEntry entry)
    {
        var flag = (entry.Value as YamlScalar)?.Text.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "ON" => true,
            "FALSE" or "NO" or "OFF" => false,
            _ => (bool?)null,
        };
        if (flag is null)
        {
            WrongKind(entry, PathOf(entry.Key), "true or false");
        }

        return flag;
    }

    public int? Integer(string key, int least, int most) => (int?)LongOf(Entry(key), least, most);

    public int? Integer(string key, string otherKey, int least, int most) => (int?)LongOf(Entry(key, otherKey), least, most);

    public long? Long(string key, long least, long most) => LongOf(Entry(key), least, most);

    public float? Number(string key, float least, float most) =>
        Entry(key) is { } entry ? NumberOf(entry, PathOf(key), least, most) : null;

    public IReadOnlyList<float> Numbers(string key, float least, float most)
    {
        if (Entry(key) is not { } entry)
        {
            return [];
        }

        var values = entry.Value is YamlList list ? list.Items.Take(MostItems) : [entry.Value];
        return
        [
            .. values.Select((value, index) => NumberOf(entry with { Value = value }, $"{PathOf(key)}[{index}]", least, most))
                .OfType<float>(),
        ];
    }

    /// <summary>A list of texts; one text alone counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (Entry(key) is not { } entry)
        {
            return [];
        }

        var values = entry.Value is YamlList list ? list.Items : [entry.Value];
        if (values.Count > MostItems)
        {
            findings.Mistake(entry, PathOf(key), $"has {values.Count} items; at most {MostItems} are read");
            return [];
        }

        return [.. values.Select((value, index) => TextOf(entry, value, $"{PathOf(key)}[{index}]")).OfType<string>()];
    }

    public ModelSection Section(string key)
    {
        if (Entry(key) is { } entry && entry.Value is not YamlMap)
        {
            WrongKind(entry, PathOf(key), "a section with keys");
        }

        return new ModelSection(_entries.GetValueOrDefault(key)?.Value as YamlMap, PathOf(key), findings);
    }

    /// <summary>Sections in a list.</summary>
    public IEnumerable<ModelSection> Sections(string key)
    {
        if (Entry(key) is not { } entry)
        {
            yield break;
        }

        if (entry.Value is not YamlList list || list.Items.Any(item => item is not YamlMap))
        {
            WrongKind(entry, PathOf(key), "a list of sections with keys");
            yield break;
        }

        foreach (var item in list.Items.Take(MostItems))
        {
            yield return new ModelSection((YamlMap)item, $"{PathOf(key)}[]", findings);
        }
    }

    /// <summary>All entries, for sections whose keys are free.</summary>
    public IEnumerable<YamlEntry> All() => _entries.Keys.ToList().Select(Entry).OfType<YamlEntry>();

    /// <summary>Keys that are LocalAI's, but mean nothing here; they are worth another warning than a misspelt one.</summary>
    public void Unused(params string[] keys)
    {
        foreach (var key in keys)
        {
            if (Entry(key) is { } entry)
            {
                findings.Warn(entry.Line, $"{PathOf(key)} is not used here");
            }
        }
    }

    /// <summary>Warns about every key that nothing has read.</summary>
    public void WarnUnknown()
    {
        foreach (var entry in _entries.Values.Where(entry => !_read.Contains(entry.Key)))
        {
            findings.Warn(entry.Line, $"the key {PathOf(Short(entry.Key))} is unknown and ignored");
        }
    }

    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    public void WrongKind(YamlEntry entry, string at, string expected)
    {
        var found = entry.Value is YamlScalar { IsNull: false } scalar ? $"\"{Short(scalar.Text)}\"" : entry.Value.Kind;
        findings.Mistake(entry, at, $"is {found}, but it must be {expected}");
    }

    private long? LongOf(YamlEntry? entry, long least, long most)
    {
        if (entry is null)
        {
            return null;
        }

        if (entry.Value is not YamlScalar scalar ||
            !long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            WrongKind(entry, PathOf(entry.Key), "a whole number");
            return null;
        }

        if (number < least || number > most)
        {
            OutOfRange(entry, PathOf(entry.Key), scalar.Text, least, most);
            return null;
        }

        return number;
    }

    private float? NumberOf(YamlEntry entry, string at, float least, float most)
    {
        if (entry.Value is not YamlScalar scalar || ParseNumber(scalar.Text) is not { } number)
        {
            WrongKind(entry, at, "a number");
            return null;
        }

        if (number < least || number > most)
        {
            OutOfRange(entry, at, scalar.Text, least, most);
            return null;
        }

        return number;
    }

    private string? TextOf(YamlEntry entry, YamlValue value, string at)
    {
        if (value is not YamlScalar { IsNull: false } scalar)
        {
            findings.Mistake(value.Line, $"{at} is {value.Kind}, but it must be a text");
            return null;
        }

        if (scalar.Text.Length > MostText)
        {
            findings.Mistake(entry, at, $"has {scalar.Text.Length} characters; at most {MostText} are read");
            return null;
        }

        return scalar.Text;
    }

    private void OutOfRange<T>(YamlEntry entry, string at, string text, T least, T most) =>
        findings.Mistake(entry, at, string.Create(CultureInfo.InvariantCulture, $"is {Short(text)}, but it must be from {least} to {most}"));

    private static float? ParseNumber(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? number : null;

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
