using System.Globalization;
using LocalAI.Pipeline.JsonSchemas.Reading;

namespace LocalAI.Pipeline.JsonSchemas.Shapes;

/// <summary>Schemas that hold together for one value: their own keywords, and the choices that are still open among them.</summary>
internal sealed record SchemaParts(IReadOnlyList<SchemaNode> Own, IReadOnlyList<SchemaChoice> Choices)
{
    /// <summary>The same for the same schemas, in whatever order they were found.</summary>
    public string Key => string.Join(',', Own.Select(node => node.Number).Order().Select(Text)) + "/" +
        string.Join(',', Choices.Select(choice => (choice.Node.Number * 2) + (choice.IsOneOf ? 1 : 0)).Order().Select(Text));

    /// <summary>A schema among them, for messages.</summary>
    public string Path => Own.Count > 0 ? Own[0].Path : Choices[0].Node.Path;

    public static SchemaParts Of(IEnumerable<SchemaNode> nodes, WorkBudget budget) => new SchemaParts([], []).With(nodes, budget);

    /// <summary>With further schemas and whatever these refer to.</summary>
    public SchemaParts With(IEnumerable<SchemaNode> nodes, WorkBudget budget)
    {
        var own = Own.ToList();
        var choices = Choices.ToList();
        var seen = Own.ToHashSet();
        var open = new Stack<SchemaNode>(nodes.Reverse());
        while (open.TryPop(out var node))
        {
            if (!seen.Add(node))
                continue;
            budget.Spend(own.Count + 5, node.Path);
            // A mere reference is the same as what it refers to.
            if (!node.SaysNothing || !node.IsComposed)
                own.Add(node);
            if (node.AnyOf is { } any)
                choices.Add(new SchemaChoice(node, any, IsOneOf: false));
            if (node.OneOf is { } one)
                choices.Add(new SchemaChoice(node, one, IsOneOf: true));
            foreach (var part in node.AllOf.AsEnumerable().Reverse())
                open.Push(part);
            if (node.Target is { } target)
                open.Push(target);
        }

        return new SchemaParts(own, choices);
    }

    public SchemaParts Without(SchemaChoice choice) => this with { Choices = [.. Choices.Where(other => other != choice)] };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
