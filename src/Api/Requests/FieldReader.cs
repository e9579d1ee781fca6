using System.Globalization;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>
/// Reads the fields of one object by name and refuses those that nobody asked for. Null counts as absent. Errors name the
/// field with its path, as OpenAI's <c>param</c> does.
/// </summary>
internal sealed class FieldReader
{
    private readonly Dictionary<string, JsonElement> _fields;
    private readonly string _path;

    public FieldReader(JsonElement element, string path = "")
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw path.Length == 0
                ? RequestErrors.Create("invalid_type", $"The body must be a JSON object, but is {Kind(element)}.")
                : RequestErrors.WrongType(path, "an object", Kind(element));
        }

        _path = path;
        _fields = element.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
    }

    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>The value, or null when there is none.</summary>
    public JsonElement? Take(string name) => _fields.Remove(name, out var value) ? value : null;

    /// <summary>The value, which stays to be read.</summary>
    public JsonElement? Peek(string name) => _fields.TryGetValue(name, out var value) ? value : null;

    public string? Text(string name, int longest = int.MaxValue)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw RequestErrors.WrongType(PathOf(name), "a string", Kind(value));
        return text.Length <= longest ? text : throw RequestErrors.WrongValue(PathOf(name), $"has {text.Length} characters, at most {longest} are allowed.");
    }

    public string RequiredText(string name, int longest = int.MaxValue) =>
        Text(name, longest) is { } text ? text : throw RequestErrors.Missing(PathOf(name));

    public bool? Flag(string name) => Take(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw RequestErrors.WrongType(PathOf(name), "true or false", Kind(value)),
    };

    public int? Integer(string name, int least, int most) => (int?)Long(name, least, most);

    public long? Long(string name, long least, long most)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        var number = ToLong(value) ?? throw RequestErrors.WrongType(PathOf(name), "an integer", Kind(value));
        return number >= least && number <= most ? number : throw OutOfRange(name, least, most, value);
    }

    public float? Number(string name, float least, float most)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            throw RequestErrors.WrongType(PathOf(name), "a number", Kind(value));
        }

        return value.TryGetDouble(out var number) && number >= least && number <= most ? (float)number : throw OutOfRange(name, least, most, value);
    }

    /// <summary>The elements of an array with their paths, or null.</summary>
    public IReadOnlyList<(string Path, JsonElement Value)>? Items(string name, int most = int.MaxValue)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        var path = PathOf(name);
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw RequestErrors.WrongType(path, "an array", Kind(value));
        }

        return value.GetArrayLength() <= most
            ? [.. value.EnumerateArray().Select((item, index) => (string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), item))]
            : throw RequestErrors.WrongValue(path, $"has {value.GetArrayLength()} elements, at most {most} are allowed.");
    }

    public FieldReader? Object(string name) => Take(name) is { } value ? new FieldReader(value, PathOf(name)) : null;

    /// <summary>Refuses what is left.</summary>
    public void RefuseOthers()
    {
        foreach (var name in _fields.Keys)
        {
            throw RequestErrors.Unknown(PathOf(name));
        }
    }

    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => $"the number {Shown.Short(value.GetRawText())}",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    private ApiException OutOfRange<T>(string name, T least, T most, JsonElement value) =>
        RequestErrors.WrongValue(PathOf(name), string.Create(CultureInfo.InvariantCulture, $"must be from {least} to {most}, but is {Shown.Short(value.GetRawText())}."));

    // 100.0 is an integer to everybody but a parser.
    private static long? ToLong(JsonElement value) =>
        value.ValueKind != JsonValueKind.Number ? null
        : value.TryGetInt64(out var whole) ? whole
        : value.TryGetDouble(out var number) && Math.Floor(number) == number ? Saturated(number)
        : null;

    private static long Saturated(double number) => number >= long.MaxValue ? long.MaxValue : number <= long.MinValue ? long.MinValue : (long)number;
}
