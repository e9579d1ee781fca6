using LocalAI.Pipeline.JsonSchemas.Reading;

namespace LocalAI.Pipeline.JsonSchemas.Shapes;

/// <summary>
/// Makes shapes of schemas. A shape stands for a set of schemas and is made once, so recursion ends; they are filled one after
/// the other and not by recursion, so no schema is too deep for the stack.
/// </summary>
internal sealed class ShapeBuilder
{
    // A shape is an object with lists; the figure is in the budget's steps.
    private const int ShapeCost = 50;

    private static readonly SchemaNode AnyObject = new(int.MaxValue / 2, "#") { Types = JsonTypes.Object };

    private readonly WorkBudget _budget;
    private readonly ShapeFilling _filling;
    private readonly ChoiceOverlaps _overlaps;
    private readonly Dictionary<string, Shape> _known = new(StringComparer.Ordinal);
    private readonly List<Shape> _all = [];
    private readonly Queue<(Shape Shape, SchemaParts Parts)> _open = new();

    private ShapeBuilder(JsonSchemaLimits limits, WorkBudget budget)
    {
        _budget = budget;
        _filling = new ShapeFilling(nodes => Of(SchemaParts.Of(nodes, budget)), limits, budget);
        _overlaps = new ChoiceOverlaps(Of, limits, budget);
    }

    /// <exception cref="JsonSchemaException">No value satisfies the schema, or it cannot be honoured.</exception>
    public static Shape Build(SchemaNode root, bool isObject, JsonSchemaLimits limits, WorkBudget budget)
    {
        var builder = new ShapeBuilder(limits, budget);
        var shape = builder.Of(SchemaParts.Of(isObject ? [root, AnyObject] : [root], budget));
        while (builder._open.TryDequeue(out var next))
            builder.Fill(next.Shape, next.Parts);
        ShapePossibility.Find(builder._all, budget);
        builder._overlaps.Refuse();
        return shape.IsPossible ? shape : throw new JsonSchemaException(root.Path, "", "No value satisfies this schema.");
    }

    private Shape Of(SchemaParts parts)
    {
        var key = parts.Key;
        if (_known.TryGetValue(key, out var known))
            return known;
        var shape = new Shape(parts.Path);
        _budget.Spend(ShapeCost, shape.Path);
        _all.Add(shape);
        _open.Enqueue((shape, parts));
        return _known[key] = shape;
    }

    private void Fill(Shape shape, SchemaParts parts)
    {
        if (parts.Choices.Count == 0)
        {
            _filling.Fill(shape, parts.Own);
            return;
        }

        var choice = parts.Choices[0];
        var rest = parts.Without(choice);
        shape.Alternatives = [.. choice.Options.Select(option => Of(rest.With([option], _budget)))];
        if (choice.IsOneOf)
            _overlaps.Add(rest, choice);
    }
}
