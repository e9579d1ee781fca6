using System.Text.Json;

namespace LocalAI.Pipeline.JsonSchemas.Reading;

/// <summary>Reads the values of keywords, each as what it must be.</summary>
internal sealed class KeywordValues(JsonSchemaLimits limits)
{
    // Sums and digits of bounds stay within decimal's 28 digits.
    private const decimal LargestBound = 1e27m;

    public static JsonSchemaException Refuse(SchemaNode node, string keyword, string message) =>
        new($"{node.Path}/{Escape(keyword)}", keyword, message);

    /// <summary>A name as a part of a JSON pointer (RFC 6901).</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Text(SchemaNode node, string keyword, JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Refuse(node, keyword, "A string is expected.");
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape parses as JSON but cannot be read as text.
            throw Refuse(node, keyword, "The text is no valid Unicode.");
        }
    }

    public static bool Flag(SchemaNode node, string keyword, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Refuse(node, keyword, "true or false is expected."),
    };

    public static decimal Bound(SchemaNode node, string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && Math.Abs(number) <= LargestBound
            ? number
            : throw Refuse(node, keyword, $"A number from -{LargestBound} to {LargestBound} is expected.");

    public int Count(SchemaNode node, string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var count) && count >= 0 && count <= limits.MaxRepetition && decimal.IsInteger(count)
            ? (int)count
            : throw Refuse(node, keyword, $"A whole number from 0 to {limits.MaxRepetition} is expected.");

    public static List<JsonElement> Array(SchemaNode node, string keyword, JsonElement value, int least, int most) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() >= least && value.GetArrayLength() <= most
            ? [.. value.EnumerateArray()]
            : throw Refuse(node, keyword, $"An array of {least} to {most} entries is expected.");

    public static JsonTypes Types(SchemaNode node, JsonElement value)
    {
        var names = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
        return names.Count > 0
            ? names.Aggregate(JsonTypes.None, (types, name) => types | Type(node, name))
            : throw Refuse(node, "type", "Name at least one type.");
    }

    private static JsonTypes Type(SchemaNode node, JsonElement name) => Text(node, "type", name) switch
    {
        "object" => JsonTypes.Object,
        "array" => JsonTypes.Array,
        "string" => JsonTypes.String,
        "number" => JsonTypes.Number,
        "integer" => JsonTypes.Integer,
        "boolean" => JsonTypes.Boolean,
        "null" => JsonTypes.Null,
        _ => throw Refuse(node, "type", "Use object, array, string, number, integer, boolean or null."),
    };
}
