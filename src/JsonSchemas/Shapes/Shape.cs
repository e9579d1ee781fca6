using System.Text.Json;
using LocalAI.Pipeline.JsonSchemas.Automata;
using LocalAI.Pipeline.JsonSchemas.Numbers;
using LocalAI.Pipeline.JsonSchemas.Reading;

namespace LocalAI.Pipeline.JsonSchemas.Shapes;

/// <summary>
/// All that several schemas together say about one value, with references followed and allOf merged: either alternatives, or one
/// statement for each type.
/// </summary>
internal sealed class Shape(string path)
{
    /// <summary>A schema that it comes from.</summary>
    public string Path { get; } = path;

    /// <summary>Some text satisfies it. Only known when all shapes are.</summary>
    public bool IsPossible { get; set; }

    public List<Shape>? Alternatives { get; set; }

    public JsonTypes Types { get; set; }

    public List<JsonElement>? Values { get; set; }

    public int MinLength { get; set; }

    public int? MaxLength { get; set; }

    /// <summary>Null: only the length is bounded.</summary>
    public Automaton? Texts { get; set; }

    /// <summary>Null: any number.</summary>
    public NumberTexts? Numbers { get; set; }

    public List<ShapeProperty> Properties { get; } = [];

    /// <summary>Null: nothing more is written, though it may be allowed.</summary>
    public Shape? Additional { get; set; }

    /// <summary>Nothing is declared and nothing forbidden: any object.</summary>
    public bool IsAnyObject { get; set; }

    public List<Shape> PrefixItems { get; } = [];

    /// <summary>Null: any value.</summary>
    public Shape? Items { get; set; }

    public int MinItems { get; set; }

    public int? MaxItems { get; set; }

    /// <summary>No schema says anything.</summary>
    public bool IsAnything { get; set; }
}
