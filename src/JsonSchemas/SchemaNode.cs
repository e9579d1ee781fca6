using System.Text.Json;

namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>One schema, read and checked. Types empty means any type.</summary>
internal sealed class SchemaNode(string path)
{
    public string Path { get; } = path;
    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);
    public List<JsonElement>? Values { get; set; }
    public List<KeyValuePair<string, SchemaNode>> Properties { get; } = [];
    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);
    public bool Closed { get; set; }
    public SchemaNode? Items { get; set; }
    public int MinItems { get; set; }
    public int? MaxItems { get; set; }
    public int MinLength { get; set; }
    public int? MaxLength { get; set; }
    public List<SchemaNode>? AnyOf { get; set; }
    public SchemaNode? Target { get; set; }
    public string? Reference { get; set; }
}
