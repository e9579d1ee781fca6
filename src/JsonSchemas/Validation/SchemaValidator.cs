using System.Text.Json;
using LocalAI.Pipeline.JsonSchemas.Reading;

namespace LocalAI.Pipeline.JsonSchemas.Validation;

/// <summary>
/// Checks an instance against the schemas as they were written, independently of the merged shapes that grammars are made of.
/// Recursion is bounded by the instance's depth times the longest chain of references.
/// </summary>
internal sealed class SchemaValidator
{
    // Nested alternatives multiply: without a bound shared by all of them, 60 levels would take for ever.
    private const int MostSteps = 1_000_000;

    // More tell a reader nothing, and an instance of a million wrong items must not become a million objects.
    private const int MostViolations = 100;

    private readonly List<JsonSchemaViolation> _violations = [];
    private readonly SchemaValidator _outermost;
    private int _steps;

    private SchemaValidator(SchemaValidator? outermost) => _outermost = outermost ?? this;

    public static List<JsonSchemaViolation> Validate(SchemaNode node, JsonElement instance) =>
        Run(validator => validator.Check(node, instance, "#"));

    /// <summary>Whether the value is right by the schema's own keywords, without its references and compositions.</summary>
    public static bool MatchesOwn(SchemaNode node, JsonElement instance) => Run(validator => validator.CheckOwn(node, instance, "#")).Count == 0;

    private static List<JsonSchemaViolation> Run(Action<SchemaValidator> check)
    {
        var validator = new SchemaValidator(null);
        try
        {
            check(validator);
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
        var inner = new SchemaValidator(_outermost);
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
        if (++_outermost._steps > MostSteps)
        {
            Add(path, "", "The value takes too long to check against this schema.");
            return;
        }

        CheckOwn(node, value, path);
        if (node.Target is { } target)
            Check(target, value, path);
        foreach (var part in node.AllOf)
            Check(part, value, path);
        if (node.AnyOf is { } any && !any.Exists(option => Matches(option, value)))
            Add(path, "anyOf", "No alternative matches.");
        if (node.OneOf is { } one && one.Count(option => Matches(option, value)) is var matching and not 1)
            Add(path, "oneOf", $"{matching} alternatives match.");
    }

    private void CheckOwn(SchemaNode node, JsonElement value, string path)
    {
        if ((node.Types & TypeOf(value)) == 0)
            Add(path, "type", $"A value of another type is expected: {node.Types}.");
        if (node.Values is { } values && !values.Exists(allowed => JsonElement.DeepEquals(allowed, value)))
            Add(path, "enum", "The value is none of those allowed.");
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(node, value, path);
                break;
            case JsonValueKind.Array:
                CheckArray(node, value, path);
                break;
            case JsonValueKind.String:
                CheckText(node, value, path);
                break;
            case JsonValueKind.Number when !node.Range.IsAll && !(value.TryGetDecimal(out var number) && node.Range.Contains(number)):
                Add(path, "minimum", "The number is outside of its range.");
                break;
        }
    }

    private void CheckObject(SchemaNode node, JsonElement value, string path)
    {
        foreach (var name in node.Required.Where(name => !value.TryGetProperty(name, out _)))
            Add(path, "required", $"'{name}' is missing.");
        foreach (var member in value.EnumerateObject())
        {
            var at = $"{path}/{KeywordValues.Escape(member.Name)}";
            if (node.Properties.TryGetValue(member.Name, out var schema))
                Check(schema, member.Value, at);
            else if (node.Additional is { Types: JsonTypes.None })
                Add(at, "additionalProperties", "The property is not declared.");
            else if (node.Additional is { } additional)
                Check(additional, member.Value, at);
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
            if ((index < node.PrefixItems.Count ? node.PrefixItems[index] : node.Items) is { } schema)
                Check(schema, item, $"{path}/{index}");
            index++;
        }
    }

    private void CheckText(SchemaNode node, JsonElement value, string path)
    {
        if (node.MinLength == 0 && node.MaxLength is null && node.Texts.Count == 0)
            return;
        var text = value.GetString()!;
        var length = text.EnumerateRunes().Count();
        if (length < node.MinLength || length > node.MaxLength)
            Add(path, length < node.MinLength ? "minLength" : "maxLength", $"{length} characters.");
        foreach (var (keyword, _) in node.Texts.Where(texts => !texts.Texts.Matches(text)))
            Add(path, keyword, "The text has another form.");
    }

    private static JsonTypes TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonTypes.Object,
        JsonValueKind.Array => JsonTypes.Array,
        JsonValueKind.String => JsonTypes.String,
        JsonValueKind.Number => value.TryGetDouble(out var number) && Math.Floor(number) == number ? JsonTypes.Integer : JsonTypes.Fraction,
        JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
        _ => JsonTypes.Null,
    };
}
