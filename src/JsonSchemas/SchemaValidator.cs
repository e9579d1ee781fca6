using System.Text.Json;

namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>Checks an instance against a schema; recursion is bounded by the instance's depth, since loops were refused.</summary>
internal sealed class SchemaValidator(SchemaValidator? outer)
{
    // Nested alternatives multiply: without a bound shared by all of them, 60 levels would take for ever.
    private const int MostSteps = 1_000_000;

    private int _steps;

    // More tell a reader nothing, and an instance of a million wrong items must not become a million objects.
    private const int MostViolations = 100;

    private readonly List<JsonSchemaViolation> _violations = [];

    public static List<JsonSchemaViolation> Validate(SchemaNode node, JsonElement instance)
    {
        var validator = new SchemaValidator(null);
        try
        {
            validator.Check(node, instance, "#");
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape parses as JSON but cannot be read as text.
            validator.Add("#", "", "The value holds text that is no valid Unicode.");
        }

        return validator._violations;
    }

    private bool Matches(SchemaNode node, JsonElement value)
    {
        var inner = new SchemaValidator(outer ?? this);
        inner.Check(node, value, "#");
        return inner._violations.Count == 0;
    }

    private void Add(string path, string keyword, string message)
    {
        if (_violations.Count < MostViolations)
            _violations.Add(new JsonSchemaViolation(path, keyword, message));
    }

    private void Check(SchemaNode node, JsonElement value, string path)
    {
        if (++(outer ?? this)._steps > MostSteps)
        {
            Add(path, "", "The value takes too long to check against this schema.");
            return;
        }

        if (node.Target is { } target)
            Check(target, value, path);
        if (node.AnyOf is { } options && !options.Exists(option => Matches(option, value)))
            Add(path, "anyOf", "No alternative matches.");
        if (node.Types.Count > 0 && !node.Types.Any(type => IsType(type, value)))
            Add(path, "type", $"Expected {string.Join(" or ", node.Types)}.");
        if (node.Values is { } values && !values.Exists(allowed => JsonElement.DeepEquals(allowed, value)))
            Add(path, "enum", "The value is none of those allowed.");
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: CheckObject(node, value, path); break;
            case JsonValueKind.Array: CheckArray(node, value, path); break;
            case JsonValueKind.String: CheckString(node, value, path); break;
        }
    }

    private void CheckObject(SchemaNode node, JsonElement value, string path)
    {
        foreach (var name in node.Required.Where(name => !value.TryGetProperty(name, out _)))
            Add(path, "required", $"'{name}' is missing.");
        var known = node.Properties.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var at = $"{path}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (known.TryGetValue(member.Name, out var schema))
                Check(schema, member.Value, at);
            else if (node.Closed)
                Add(at, "additionalProperties", "The property is not declared.");
        }
    }

    private void CheckArray(SchemaNode node, JsonElement value, string path)
    {
        var count = value.GetArrayLength();
        if (count < node.MinItems || count > node.MaxItems)
            Add(path, count < node.MinItems ? "minItems" : "maxItems", $"{count} items.");
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (node.Items is { } schema)
                Check(schema, item, $"{path}/{index}");
            index++;
        }
    }

    private void CheckString(SchemaNode node, JsonElement value, string path)
    {
        if (node.MinLength == 0 && node.MaxLength is null)
            return;
        var length = value.GetString()!.EnumerateRunes().Count();
        if (length < node.MinLength || length > node.MaxLength)
            Add(path, length < node.MinLength ? "minLength" : "maxLength", $"{length} characters.");
    }

    private static bool IsType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Floor(number) == number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.Null,
    };
}
