using LocalAI.Pipeline.JsonSchemas.Reading;

namespace LocalAI.Pipeline.JsonSchemas.Shapes;

/// <summary>
/// Which shapes some finite text satisfies: the least fixed point, so that a schema that requires itself for ever is
/// impossible. Nothing impossible is written into a grammar, where it would be a dead end.
/// </summary>
internal static class ShapePossibility
{
    public static void Find(IReadOnlyList<Shape> shapes, WorkBudget budget)
    {
        bool changed;
        do
        {
            changed = false;
            budget.Spend(shapes.Count, "#");
            // Inner shapes were made later: most is known after one round.
            for (var i = shapes.Count - 1; i >= 0; i--)
            {
                if (shapes[i].IsPossible || !IsPossibleNow(shapes[i]))
                    continue;
                shapes[i].IsPossible = changed = true;
            }
        }
        while (changed);
    }

    public static bool AllowsText(Shape shape) =>
        shape.Types.HasFlag(JsonTypes.String) && (shape.Texts is { } texts ? !texts.IsEmpty : !(shape.MinLength > shape.MaxLength));

    public static bool AllowsNumber(Shape shape) => (shape.Types & JsonTypes.Number) != 0 && shape.Numbers is not { IsEmpty: true };

    public static bool AllowsObject(Shape shape) =>
        shape.Types.HasFlag(JsonTypes.Object) && shape.Properties.TrueForAll(property => !property.IsRequired || property.Value.IsPossible);

    public static bool AllowsArray(Shape shape) => shape.Types.HasFlag(JsonTypes.Array) && !(shape.MinItems > MostItems(shape));

    /// <summary>How many items an array may have before an impossible one.</summary>
    public static int? MostItems(Shape shape)
    {
        var impossible = shape.PrefixItems.FindIndex(item => !item.IsPossible);
        int? most = impossible >= 0 ? impossible : shape.Items is { IsPossible: false } ? shape.PrefixItems.Count : null;
        return most is { } found && shape.MaxItems is { } told ? Math.Min(found, told) : most ?? shape.MaxItems;
    }

    private static bool IsPossibleNow(Shape shape)
    {
        if (shape.Alternatives is { } alternatives)
            return alternatives.Exists(alternative => alternative.IsPossible);
        if (shape.Values is { } values)
            return values.Count > 0;
        return shape.IsAnything || (shape.Types & (JsonTypes.Null | JsonTypes.Boolean)) != 0
            || AllowsText(shape) || AllowsNumber(shape) || AllowsObject(shape) || AllowsArray(shape);
    }
}
