using LocalAI.Pipeline.JsonSchemas.Reading;

namespace LocalAI.Pipeline.JsonSchemas.Shapes;

/// <summary>
/// A grammar cannot count how many alternatives match, so those of oneOf must exclude one another: what one of them may write,
/// together with another, must be impossible.
/// </summary>
internal sealed class ChoiceOverlaps(Func<SchemaParts, Shape> shapeOf, JsonSchemaLimits limits, WorkBudget budget)
{
    // Over the numbers of the document's own schemas.
    private int _nextNumber = 1_000_000_000;

    private readonly SchemaNode _anything = new(1_000_000_001, "#");
    private readonly SchemaNode _nothing = new(1_000_000_002, "#") { Types = JsonTypes.None };
    private readonly Dictionary<string, SchemaNode> _closings = new(StringComparer.Ordinal);
    private readonly List<(Shape Both, SchemaNode Node, int First, int Second)> _pairs = [];

    public void Add(SchemaParts rest, SchemaChoice choice)
    {
        if (choice.Options.Count > limits.MaxOneOf)
            throw KeywordValues.Refuse(choice.Node, "oneOf", $"More than {limits.MaxOneOf} alternatives: use anyOf.");
        for (var i = 0; i < choice.Options.Count; i++)
        {
            var closed = Closed(rest.With([choice.Options[i]], budget));
            for (var j = 0; j < choice.Options.Count; j++)
            {
                if (j != i)
                    _pairs.Add((shapeOf(closed.With([choice.Options[j]], budget)), choice.Node, i, j));
            }
        }
    }

    /// <exception cref="JsonSchemaException">Two alternatives may match the same value.</exception>
    public void Refuse()
    {
        foreach (var (_, node, first, second) in _pairs.Where(pair => pair.Both.IsPossible))
            throw KeywordValues.Refuse(node, "oneOf", $"Alternatives {first} and {second} may both match a value: use anyOf, or make them exclude one another.");
    }

    // What is written for it has no undeclared properties.
    private SchemaParts Closed(SchemaParts parts)
    {
        if (parts.Choices.Count > 0 || parts.Own.Any(node => node.Additional is not null) || parts.Own.All(node => node.Properties.Count == 0))
            return parts;
        if (!_closings.TryGetValue(parts.Key, out var closing))
        {
            _nextNumber += 10;
            closing = new SchemaNode(_nextNumber, parts.Own[0].Path) { Additional = _nothing };
            foreach (var name in parts.Own.SelectMany(node => node.PropertyOrder).Distinct(StringComparer.Ordinal))
                closing.Properties.Add(name, _anything);
            closing.PropertyOrder.AddRange(closing.Properties.Keys);
            _closings.Add(parts.Key, closing);
        }

        return parts.With([closing], budget);
    }
}
