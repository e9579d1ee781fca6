using LocalAI.Pipeline.JsonSchemas.Automata;
using LocalAI.Pipeline.JsonSchemas.Numbers;
using LocalAI.Pipeline.JsonSchemas.Reading;
using LocalAI.Pipeline.JsonSchemas.Validation;

namespace LocalAI.Pipeline.JsonSchemas.Shapes;

/// <summary>Merges what several schemas say by their own keywords.</summary>
internal sealed class ShapeFilling(Func<IEnumerable<SchemaNode>, Shape> shapeOf, JsonSchemaLimits limits, WorkBudget budget)
{
    private readonly SchemaNode _anything = new(int.MaxValue / 2, "#");

    public void Fill(Shape shape, IReadOnlyList<SchemaNode> own)
    {
        shape.Types = own.Aggregate(JsonTypes.Any, (types, node) => types & node.Types);
        shape.IsAnything = own.All(node => node.SaysNothing);
        if (shape.IsAnything)
            return;
        if (own.Any(node => node.Values is not null))
        {
            shape.Values = [.. own.First(node => node.Values is not null).Values!.Where(value => own.All(node => Matches(node, value)))];
            return;
        }

        if (shape.Types.HasFlag(JsonTypes.String))
            FillText(shape, own);
        if ((shape.Types & JsonTypes.Number) != 0)
            FillNumber(shape, own);
        if (shape.Types.HasFlag(JsonTypes.Object))
            FillObject(shape, own);
        if (shape.Types.HasFlag(JsonTypes.Array))
            FillArray(shape, own);
    }

    private bool Matches(SchemaNode node, System.Text.Json.JsonElement value)
    {
        budget.Spend(5, node.Path);
        return SchemaValidator.MatchesOwn(node, value);
    }

    private void FillText(Shape shape, IReadOnlyList<SchemaNode> own)
    {
        shape.MinLength = own.Max(node => node.MinLength);
        shape.MaxLength = own.Min(node => node.MaxLength);
        var texts = own.SelectMany(node => node.Texts, (node, text) => (Path: $"{node.Path}/{text.Keyword}", text.Texts)).ToList();
        if (texts.Count == 0)
            return;
        var all = texts.Skip(1).Aggregate(texts[0].Texts, (left, right) => AutomatonProduct.Intersect(left, right.Texts, budget, right.Path));
        shape.Texts = AutomatonProduct.WithLength(all, shape.MinLength, shape.MaxLength, budget, texts[0].Path);
    }

    private void FillNumber(Shape shape, IReadOnlyList<SchemaNode> own)
    {
        var range = own.Aggregate(NumberRange.All, (all, node) => all.Intersect(node.Range));
        if (!range.IsAll)
            shape.Numbers = NumberTexts.Of(range, !shape.Types.HasFlag(JsonTypes.Fraction), budget, own.First(node => !node.Range.IsAll).Path);
    }

    private void FillObject(Shape shape, IReadOnlyList<SchemaNode> own)
    {
        var required = own.SelectMany(node => node.Required).ToHashSet(StringComparer.Ordinal);
        var names = own.SelectMany(node => node.PropertyOrder).Concat(required).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count > limits.MaxProperties)
            throw KeywordValues.Refuse(own[0], "properties", $"More than {limits.MaxProperties} properties.");
        var values = names.ConvertAll(name => ValuesOf(name, own));
        if (names.Zip(values).Any(property => required.Contains(property.First) && Contradict(property.Second)))
        {
            // Tells the alternatives of a tagged union apart before they are compared in depth.
            shape.Types &= ~JsonTypes.Object;
            return;
        }

        shape.Properties.AddRange(names.Zip(values, (name, nodes) => new ShapeProperty(name, shapeOf(nodes), required.Contains(name))));
        var additional = own.Select(node => node.Additional).OfType<SchemaNode>().ToList();
        shape.Additional = additional.Count > 0 ? shapeOf(additional) : null;
        shape.IsAnyObject = additional.Count == 0 && names.Count == 0;
    }

    private List<SchemaNode> ValuesOf(string name, IReadOnlyList<SchemaNode> own)
    {
        budget.Spend(own.Count, own[0].Path);
        var nodes = own.Select(node => node.Properties.GetValueOrDefault(name) ?? node.Additional).OfType<SchemaNode>().Distinct().ToList();
        return nodes.Count > 0 ? nodes : [_anything];
    }

    private bool Contradict(List<SchemaNode> nodes) => nodes.Find(node => node.Values is not null) is { } listed
        && listed.Values!.TrueForAll(value => !nodes.TrueForAll(node => Matches(node, value)));

    private void FillArray(Shape shape, IReadOnlyList<SchemaNode> own)
    {
        shape.MinItems = own.Max(node => node.MinItems);
        shape.MaxItems = own.Min(node => node.MaxItems);
        for (var i = 0; i < own.Max(node => node.PrefixItems.Count); i++)
        {
            budget.Spend(own.Count, own[0].Path);
            var index = i;
            var nodes = own.Select(node => index < node.PrefixItems.Count ? node.PrefixItems[index] : node.Items).OfType<SchemaNode>();
            shape.PrefixItems.Add(shapeOf(nodes));
        }

        var items = own.Select(node => node.Items).OfType<SchemaNode>().ToList();
        shape.Items = items.Count > 0 ? shapeOf(items) : null;
    }
}
