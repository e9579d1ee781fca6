using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LocalAI.Pipeline.JsonSchemas;

/// <summary>Writes the rules of one schema. Each node is one rule, so that references and recursion cost nothing.</summary>
internal sealed class SchemaGrammarWriter(GrammarBuilder builder, string name)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Dictionary<SchemaNode, string> _names = [];
    private int _rules;

    public string Write(SchemaNode node) => Reference(node);

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"{builder.Options.Prefix}{name}-{++_rules}");

    private string Reference(SchemaNode node)
    {
        if (_names.TryGetValue(node, out var known))
            return known;
        var rule = NextName();
        _names[node] = rule;
        return builder.Add(rule, Body(node));
    }

    private string Body(SchemaNode node)
    {
        if (node.Target is { } target)
            return Reference(target);
        if (node.AnyOf is { } options)
            return string.Join(" | ", options.Select(Reference));
        if (node.Values is { } values)
            return string.Join(" | ", values.Where(v => SchemaValidator.Validate(node, v).Count == 0)
                .Select(v => GrammarBuilder.Literal(JsonSerializer.Serialize(v, Plain))));
        IEnumerable<string> types = node.Types.Count > 0 ? node.Types : ["object", "array", "string", "number", "boolean", "null"];
        return string.Join(" | ", types.Select(type => OfType(type, node)));
    }

    private string OfType(string type, SchemaNode node) => type switch
    {
        "object" => Object(node),
        "array" => Array(node),
        "string" => $"\"\\\"\" {builder.Character()}{Times(node.MinLength, node.MaxLength)} \"\\\"\"",
        "number" => builder.Number(),
        "integer" => builder.Integer(),
        "boolean" => "\"true\" | \"false\"",
        _ => "\"null\"",
    };

    private static string Times(int least, int? most) => (least, most) switch
    {
        (0, null) => "*",
        (_, null) => $"{{{least},}}",
        _ => $"{{{least},{most}}}",
    };

    private string Array(SchemaNode node)
    {
        if (node.MaxItems == 0)
            return "\"[]\"";
        var item = node.Items is { } items ? Reference(items) : builder.AnyJson();
        var rest = $"{item} (\",\"{builder.Space} {item}){Times(Math.Max(0, node.MinItems - 1), node.MaxItems - 1)}";
        return node.MinItems == 0 ? $"\"[\" ({rest})? \"]\"" : $"\"[\" {rest} \"]\"";
    }

    // Two rules a property, one for "nothing written yet" and one for "a comma is due": any subset in linear size.
    private string Object(SchemaNode node)
    {
        if (node.Properties.Count == 0)
            return node.Closed ? "\"{}\"" : builder.AnyObject();
        string first = "\"\"", after = "\"\"";
        for (var i = node.Properties.Count - 1; i >= 0; i--)
        {
            var (key, schema) = node.Properties[i];
            var member = $"{GrammarBuilder.Literal(JsonSerializer.Serialize(key, Plain) + ":")}{builder.Space} {Reference(schema)} {after}";
            var needed = node.Required.Contains(key);
            first = builder.Add(NextName(), needed ? member : $"{member} | {first}");
            after = builder.Add(NextName(), needed ? $"\",\"{builder.Space} {member}" : $"\",\"{builder.Space} {member} | {after}");
        }

        return $"\"{{\" {first} \"}}\"";
    }
}
