using System.Text.Json;
using LocalAI.Pipeline.JsonSchemas.Automata;
using LocalAI.Pipeline.JsonSchemas.Numbers;

namespace LocalAI.Pipeline.JsonSchemas.Reading;

/// <summary>One schema of the document, read and checked: what its own keywords say, and which others apply to the same value.</summary>
internal sealed class SchemaNode(int number, string path)
{
    public int Number { get; } = number;

    public string Path { get; } = path;

    public JsonTypes Types { get; set; } = JsonTypes.Any;

    /// <summary><c>enum</c> or <c>const</c>.</summary>
    public List<JsonElement>? Values { get; set; }

    public Dictionary<string, SchemaNode> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of <see cref="Properties"/> in the schema's order.</summary>
    public List<string> PropertyOrder { get; } = [];

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>Null: <c>additionalProperties</c> is absent.</summary>
    public SchemaNode? Additional { get; set; }

    public List<SchemaNode> PrefixItems { get; set; } = [];

    public SchemaNode? Items { get; set; }

    public int MinItems { get; set; }

    public int? MaxItems { get; set; }

    public int MinLength { get; set; }

    public int? MaxLength { get; set; }

    /// <summary><c>pattern</c> and <c>format</c>, with the keyword.</summary>
    public List<(string Keyword, Automaton Texts)> Texts { get; } = [];

    public NumberRange Range { get; set; } = NumberRange.All;

    public List<SchemaNode>? AnyOf { get; set; }

    public List<SchemaNode>? OneOf { get; set; }

    public List<SchemaNode> AllOf { get; set; } = [];

    public string? Reference { get; set; }

    public SchemaNode? Target { get; set; }

    /// <summary>Others that speak about the same value.</summary>
    public IEnumerable<SchemaNode> InPlace => [.. Target is null ? [] : (SchemaNode[])[Target], .. AllOf, .. AnyOf ?? [], .. OneOf ?? []];

    /// <summary>Its own keywords allow any value.</summary>
    public bool SaysNothing => this is
    {
        Types: JsonTypes.Any, Values: null, Properties.Count: 0, Required.Count: 0, Additional: null, PrefixItems.Count: 0, Items: null,
        MinItems: 0, MaxItems: null, MinLength: 0, MaxLength: null, Texts.Count: 0, Range.IsAll: true,
    };

    public bool IsComposed => Reference is not null || AllOf.Count > 0 || AnyOf is not null || OneOf is not null;
}
