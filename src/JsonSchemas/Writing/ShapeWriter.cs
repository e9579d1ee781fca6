using System.Globalization;
using LocalAI.Pipeline.JsonSchemas.Reading;
using LocalAI.Pipeline.JsonSchemas.Shapes;

namespace LocalAI.Pipeline.JsonSchemas.Writing;

/// <summary>Writes the rules of one schema: a rule for each shape, so that recursion and repeated references cost nothing.</summary>
internal sealed class ShapeWriter
{
    private readonly GrammarBuilder _builder;
    private readonly string _name;
    private readonly ObjectWriter _objects;
    private readonly Repetition _repetition;
    private readonly Dictionary<Shape, string> _names = [];
    private readonly Queue<Shape> _open = new();
    private int _rules;

    private ShapeWriter(GrammarBuilder builder, string name, WorkBudget budget)
    {
        (_builder, _name) = (builder, name);
        _objects = new ObjectWriter(builder, Reference, NewName, budget);
        _repetition = new Repetition(builder, NewName);
    }

    /// <returns>The name of the rule that accepts the shape's values.</returns>
    public static string Write(Shape shape, GrammarBuilder builder, string name, WorkBudget budget)
    {
        var writer = new ShapeWriter(builder, name, budget);
        var rule = writer.Reference(shape);
        while (writer._open.TryDequeue(out var next))
            builder.Add(writer._names[next], writer.Body(next));
        return rule;
    }

    private string NewName() => string.Create(CultureInfo.InvariantCulture, $"{_name}-{++_rules}");

    private string Reference(Shape shape)
    {
        if (shape.IsAnything)
            return _builder.AnyJson();
        if (_names.TryGetValue(shape, out var known))
            return known;
        _open.Enqueue(shape);
        return _names[shape] = NewName();
    }

    private string Body(Shape shape)
    {
        if (shape.Alternatives is { } alternatives)
            return string.Join(" | ", alternatives.Where(alternative => alternative.IsPossible).Select(Reference).Distinct());
        if (shape.Values is { } values)
            return string.Join(" | ", values.Select(value => GrammarBuilder.Literal(JsonText.Of(value))).Distinct());
        return string.Join(" | ", ByType(shape));
    }

    private IEnumerable<string> ByType(Shape shape)
    {
        if (ShapePossibility.AllowsObject(shape))
            yield return _objects.Body(shape);
        if (ShapePossibility.AllowsArray(shape))
            yield return Array(shape);
        if (ShapePossibility.AllowsText(shape))
            yield return Text(shape);
        if (ShapePossibility.AllowsNumber(shape))
            yield return Number(shape);
        if (shape.Types.HasFlag(JsonTypes.Boolean))
            yield return "\"true\" | \"false\"";
        if (shape.Types.HasFlag(JsonTypes.Null))
            yield return "\"null\"";
    }

    private string Text(Shape shape) => shape.Texts is { } texts
        ? "\"\\\"\" " + new AutomatonWriter(_builder, texts, CharacterClasses.InString, "\"\\\"\"", NewName).Write()
        : $"\"\\\"\" {_repetition.Of(_builder.Character(), shape.MinLength, shape.MaxLength)} \"\\\"\"";

    private string Number(Shape shape)
    {
        if (shape.Numbers is not { } numbers)
            return shape.Types.HasFlag(JsonTypes.Fraction) ? _builder.Number() : _builder.Integer();
        var sides = new List<string>();
        if (numbers.Positive is { } positive)
            sides.Add(new AutomatonWriter(_builder, positive, CharacterClasses.Class, "\"\"", NewName).Write());
        if (numbers.Negative is { } negative)
            sides.Add("\"-\" " + new AutomatonWriter(_builder, negative, CharacterClasses.Class, "\"\"", NewName).Write());
        return string.Join(" | ", sides);
    }

    private string Array(Shape shape)
    {
        var most = ShapePossibility.MostItems(shape);
        var comma = $"\",\"{_builder.Space}";
        var count = Math.Min(shape.PrefixItems.Count, most ?? int.MaxValue);
        var tail = most > count || most is null ? Rest(shape, count, most, comma) : "";
        for (var i = count - 1; i >= 0; i--)
        {
            var item = $"{(i == 0 ? "" : comma + " ")}{Reference(shape.PrefixItems[i])} {tail}".TrimEnd();
            tail = _builder.Add(NewName(), shape.MinItems > i ? item : $"({item})?");
        }

        return $"\"[\" {tail} \"]\"";
    }

    private string Rest(Shape shape, int before, int? most, string comma)
    {
        var item = shape.Items is { } items ? Reference(items) : _builder.AnyJson();
        var further = _builder.Add(NewName(), $"{comma} {item}");
        if (before > 0)
            return _builder.Add(NewName(), _repetition.Of(further, Math.Max(0, shape.MinItems - before), most - before));
        var all = $"{item} {_repetition.Of(further, Math.Max(0, shape.MinItems - 1), most - 1)}".TrimEnd();
        return shape.MinItems > 0 ? all : $"({all})?";
    }
}
