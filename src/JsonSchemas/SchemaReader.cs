using System.Text.Json;

namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>Reads a schema into nodes; every keyword is understood, an annotation, or refused by path.</summary>
internal sealed class SchemaReader(JsonSchemaLimits limits)
{
    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "title", "description", "default", "examples", "$comment", "$schema", "$id", "deprecated", "readOnly", "writeOnly",
    };

    private static readonly HashSet<string> KnownTypes = new(StringComparer.Ordinal)
    {
        "object", "array", "string", "number", "integer", "boolean", "null",
    };

    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);

    public SchemaNode Read(JsonElement schema)
    {
        var root = ReadNode(schema, "#", 0);
        foreach (var node in _nodes.Values.Where(node => node.Reference is not null))
            node.Target = _nodes.GetValueOrDefault(node.Reference!)
                ?? throw Refuse(node.Path, "$ref", $"'{node.Reference}' names no schema in this document.");
        var done = new HashSet<SchemaNode>();
        foreach (var node in _nodes.Values)
            RefuseLoops(node, [], done);
        return root;
    }

    private static JsonSchemaException Refuse(string path, string keyword, string message) =>
        new($"{path}/{Escape(keyword)}", keyword, message);

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    // References and alternatives consume no text, so a cycle of them would be left recursion.
    private static void RefuseLoops(SchemaNode node, HashSet<SchemaNode> open, HashSet<SchemaNode> done)
    {
        if (done.Contains(node))
            return;
        if (!open.Add(node) || open.Count > 500)
            throw Refuse(node.Path, node.Reference is null ? "anyOf" : "$ref", "The schema refers to itself without an object or array between: add one.");
        if (node.Target is { } target)
            RefuseLoops(target, open, done);
        foreach (var option in node.AnyOf ?? [])
            RefuseLoops(option, open, done);
        open.Remove(node);
        done.Add(node);
    }

    private SchemaNode ReadNode(JsonElement schema, string path, int depth)
    {
        if (depth > limits.MaxDepth)
            throw new JsonSchemaException(path, "", $"Nested deeper than {limits.MaxDepth}: flatten it or use $ref.");
        if (_nodes.Count >= limits.MaxNodes)
            throw new JsonSchemaException(path, "", $"More than {limits.MaxNodes} schemas: simplify it.");
        var node = new SchemaNode(path);
        _nodes[path] = node;
        if (schema.ValueKind == JsonValueKind.True)
            return node;
        if (schema.ValueKind != JsonValueKind.Object)
            throw new JsonSchemaException(path, "", "A schema is an object or true.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!seen.Add(keyword.Name))
                throw Refuse(path, keyword.Name, "The keyword is there twice.");
            ReadKeyword(node, keyword.Name, keyword.Value, depth);
        }

        CheckTogether(node, schema);
        return node;
    }

    private void ReadKeyword(SchemaNode node, string name, JsonElement value, int depth)
    {
        switch (name)
        {
            case "type": ReadTypes(node, value); break;
            case "enum": node.Values = ReadArray(node, name, value, limits.MaxEnumValues); break;
            case "const": node.Values = [value]; break;
            case "properties": ReadProperties(node, value, depth); break;
            case "required":
                foreach (var item in ReadArray(node, name, value, limits.MaxNodes))
                    node.Required.Add(item.ValueKind == JsonValueKind.String ? Text(node, name, item) : throw Refuse(node.Path, name, "Names are strings."));
                break;
            case "additionalProperties":
                node.Closed = value.ValueKind == JsonValueKind.False ||
                    (value.ValueKind == JsonValueKind.True ? false : throw Refuse(node.Path, name, "Only true and false are supported."));
                break;
            case "items": node.Items = ReadNode(value, $"{node.Path}/items", depth + 1); break;
            case "minItems": node.MinItems = ReadCount(node, name, value); break;
            case "maxItems": node.MaxItems = ReadCount(node, name, value); break;
            case "minLength": node.MinLength = ReadCount(node, name, value); break;
            case "maxLength": node.MaxLength = ReadCount(node, name, value); break;
            case "anyOf":
                node.AnyOf = [.. ReadArray(node, name, value, limits.MaxNodes).Select((item, i) => ReadNode(item, $"{node.Path}/anyOf/{i}", depth + 1))];
                break;
            case "$ref":
                node.Reference = value.ValueKind == JsonValueKind.String ? Text(node, name, value) : throw Refuse(node.Path, name, "A reference is a string such as #/$defs/name.");
                break;
            case "$defs" or "definitions": ReadNamed(node, name, value, depth, (_, _) => { }); break;
            default:
                if (!Annotations.Contains(name))
                    throw Refuse(node.Path, name, $"'{name}' is not supported: remove it.");
                break;
        }
    }

    private void ReadProperties(SchemaNode node, JsonElement value, int depth) =>
        ReadNamed(node, "properties", value, depth, (name, child) => node.Properties.Add(new(name, child)));

    private void ReadNamed(SchemaNode node, string keyword, JsonElement value, int depth, Action<string, SchemaNode> add)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Refuse(node.Path, keyword, "An object of schemas is expected.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!seen.Add(member.Name))
                throw Refuse(node.Path, keyword, $"'{member.Name}' is there twice.");
            add(member.Name, ReadNode(member.Value, $"{node.Path}/{keyword}/{Escape(member.Name)}", depth + 1));
        }
    }

    // A lone surrogate escape makes GetString throw; it is the caller's mistake, not ours.
    private static string Text(SchemaNode node, string keyword, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Refuse(node.Path, keyword, "The text is no valid Unicode.");
        }
    }

    private static void ReadTypes(SchemaNode node, JsonElement value)
    {
        var types = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
        foreach (var type in types)
        {
            if (type.ValueKind != JsonValueKind.String || !KnownTypes.Contains(Text(node, "type", type)))
                throw Refuse(node.Path, "type", "Use object, array, string, number, integer, boolean or null.");
            node.Types.Add(Text(node, "type", type));
        }

        if (node.Types.Count == 0)
            throw Refuse(node.Path, "type", "Name at least one type.");
    }

    private static List<JsonElement> ReadArray(SchemaNode node, string keyword, JsonElement value, int most)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > most || (keyword != "required" && value.GetArrayLength() == 0))
            throw Refuse(node.Path, keyword, $"An array of 1 to {most} entries is expected.");
        return [.. value.EnumerateArray()];
    }

    private int ReadCount(SchemaNode node, string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0 && count <= limits.MaxRepetition
            ? count
            : throw Refuse(node.Path, keyword, $"A whole number from 0 to {limits.MaxRepetition} is expected.");

    private static void CheckTogether(SchemaNode node, JsonElement schema)
    {
        var constraints = schema.EnumerateObject().Select(k => k.Name)
            .Where(k => k is not ("$defs" or "definitions") && !Annotations.Contains(k)).ToHashSet(StringComparer.Ordinal);
        foreach (var alone in new[] { "$ref", "anyOf" })
        {
            if (constraints.Contains(alone) && constraints.Count > 1)
                throw Refuse(node.Path, alone, $"'{alone}' beside other keywords is not supported: move them into it.");
        }

        if (node.MaxItems < node.MinItems || node.MaxLength < node.MinLength)
            throw Refuse(node.Path, node.MaxItems < node.MinItems ? "maxItems" : "maxLength", "The maximum is below the minimum.");
        if (constraints.Contains("enum") && constraints.Contains("const"))
            throw Refuse(node.Path, "const", "Use either enum or const.");
        if (node.Required.FirstOrDefault(name => node.Properties.TrueForAll(p => p.Key != name)) is { } missing)
            throw Refuse(node.Path, "required", $"'{missing}' is required but not in properties: declare it.");
        if (node.Values is not null && !node.Values.Exists(value => SchemaValidator.Validate(node, value).Count == 0))
            throw Refuse(node.Path, "enum", "No value satisfies the other keywords.");
    }
}
