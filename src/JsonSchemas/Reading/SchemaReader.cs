using System.Text.Json;

namespace LocalAI.Pipeline.JsonSchemas.Reading;

/// <summary>Reads a document into nodes: every keyword is understood, an annotation, or refused by its path.</summary>
internal sealed class SchemaReader(bool strict, JsonSchemaLimits limits, WorkBudget budget)
{
    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "title", "description", "default", "examples", "example", "$comment", "$schema", "$id", "deprecated", "readOnly", "writeOnly",
        // Content is described, not asked for (draft 2020-12, validation, section 8).
        "contentEncoding", "contentMediaType", "contentSchema",
        // OpenAPI's help for code that reads oneOf, which says everything itself.
        "discriminator",
    };

    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly KeywordValues _values = new(limits);
    private readonly ValueKeywords _valueKeywords = new(new KeywordValues(limits), limits, budget);

    public SchemaNode Read(JsonElement schema)
    {
        var root = ReadNode(schema, "#", 0, isPart: false);
        foreach (var node in _nodes.Values.Where(node => node.Reference is not null))
            node.Target = Find(node.Reference!) ?? throw KeywordValues.Refuse(node, "$ref", $"'{node.Reference}' names no schema in this document.");
        SchemaLoops.Refuse(_nodes.Values, limits.MaxDepth);
        return root;
    }

    private SchemaNode? Find(string reference)
    {
        if (_nodes.TryGetValue(reference, out var node))
            return node;
        // Names with spaces and the like come percent-encoded.
        return reference.Contains('%', StringComparison.Ordinal) ? _nodes.GetValueOrDefault(Uri.UnescapeDataString(reference)) : null;
    }

    /// <param name="isPart">Another schema speaks about the same value.</param>
    private SchemaNode ReadNode(JsonElement schema, string path, int depth, bool isPart)
    {
        if (depth > limits.MaxDepth)
            throw new JsonSchemaException(path, "", $"Nested deeper than {limits.MaxDepth}: flatten it or use $ref.");
        if (_nodes.Count >= limits.MaxNodes)
            throw new JsonSchemaException(path, "", $"More than {limits.MaxNodes} schemas: simplify it.");
        var node = new SchemaNode(_nodes.Count, path);
        _nodes[path] = node;
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            node.Types = schema.ValueKind == JsonValueKind.True ? JsonTypes.Any : JsonTypes.None;
            return node;
        }

        if (schema.ValueKind != JsonValueKind.Object)
            throw new JsonSchemaException(path, "", "A schema is an object, true or false.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var optionIsPart = isPart || schema.EnumerateObject().Count(keyword => !IsAnnotation(keyword.Name) && keyword.Name is not ("$defs" or "definitions")) > 1;
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!seen.Add(keyword.Name))
                throw KeywordValues.Refuse(node, keyword.Name, "The keyword is there twice.");
            if (!ReadStructure(node, keyword.Name, keyword.Value, depth, optionIsPart) && !_valueKeywords.TryRead(node, keyword.Name, keyword.Value) && !IsAnnotation(keyword.Name))
                throw KeywordValues.Refuse(node, keyword.Name, $"'{keyword.Name}' is not supported: remove it.");
        }

        Complete(node, depth, isPart, seen);
        return node;
    }

    // Strict: where properties are declared no others are allowed, unless another schema might declare them.
    private void Complete(SchemaNode node, int depth, bool isPart, HashSet<string> keywords)
    {
        if (keywords.Contains("enum") && keywords.Contains("const"))
            throw KeywordValues.Refuse(node, "const", "Use either enum or const.");
        if (strict && !isPart && !node.IsComposed && node.Additional is null && keywords.Contains("properties"))
            node.Additional = ReadNode(JsonElement.Parse("false"), $"{node.Path}/additionalProperties", depth + 1, isPart: false);
    }

    private static bool IsAnnotation(string name) => Annotations.Contains(name) || name.StartsWith("x-", StringComparison.Ordinal);

    private bool ReadStructure(SchemaNode node, string name, JsonElement value, int depth, bool optionIsPart)
    {
        switch (name)
        {
            case "properties":
                ReadNamed(node, name, value, depth, node.Properties.Add);
                node.PropertyOrder.AddRange(value.EnumerateObject().Select(member => member.Name));
                return true;
            case "additionalProperties":
                node.Additional = ReadNode(value, $"{node.Path}/{name}", depth + 1, isPart: false);
                return true;
            case "items":
                node.Items = ReadNode(value, $"{node.Path}/{name}", depth + 1, isPart: false);
                return true;
            case "prefixItems":
                node.PrefixItems = ReadList(node, name, value, depth, isPart: false);
                return true;
            case "anyOf":
                node.AnyOf = ReadList(node, name, value, depth, optionIsPart);
                return true;
            case "oneOf":
                node.OneOf = ReadList(node, name, value, depth, optionIsPart);
                return true;
            case "allOf":
                node.AllOf = ReadList(node, name, value, depth, isPart: true);
                return true;
            case "$ref":
                node.Reference = KeywordValues.Text(node, name, value);
                return true;
            case "$defs" or "definitions":
                ReadNamed(node, name, value, depth, (_, _) => { });
                return true;
            default:
                return false;
        }
    }

    private List<SchemaNode> ReadList(SchemaNode node, string keyword, JsonElement value, int depth, bool isPart) =>
        [.. KeywordValues.Array(node, keyword, value, 1, limits.MaxNodes).Select((item, i) => ReadNode(item, $"{node.Path}/{keyword}/{i}", depth + 1, isPart))];

    private void ReadNamed(SchemaNode node, string keyword, JsonElement value, int depth, Action<string, SchemaNode> add)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw KeywordValues.Refuse(node, keyword, "An object of schemas is expected.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!seen.Add(member.Name))
                throw KeywordValues.Refuse(node, keyword, $"'{member.Name}' is there twice.");
            add(member.Name, ReadNode(member.Value, $"{node.Path}/{keyword}/{KeywordValues.Escape(member.Name)}", depth + 1, isPart: false));
        }
    }
}
