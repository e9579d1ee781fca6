using LocalAI.Pipeline.JsonSchemas.Automata;
using LocalAI.Pipeline.JsonSchemas.Shapes;

namespace LocalAI.Pipeline.JsonSchemas.Writing;

/// <summary>
/// Objects: any subset of the optional properties in the schema's order. Two rules a property, one for "nothing is written yet"
/// and one for "a comma is due", keep that linear.
/// </summary>
internal sealed class ObjectWriter(GrammarBuilder builder, Func<Shape, string> reference, Func<string> newName, WorkBudget budget)
{
    public string Body(Shape shape)
    {
        if (shape.IsAnyObject)
            return builder.AnyObject();
        var comma = $"\",\"{builder.Space}";
        string first = "", after = "";
        if (shape.Additional is { IsPossible: true } additional)
        {
            var member = builder.Add(newName(), $"{OtherName(shape)} \":\"{builder.Space} {reference(additional)}");
            after = builder.Add(newName(), $"({comma} {member})*");
            first = builder.Add(newName(), $"({member} {after})?");
        }

        foreach (var property in shape.Properties.AsEnumerable().Reverse().Where(property => property.Value.IsPossible))
        {
            var member = $"{GrammarBuilder.Literal(JsonText.Of(property.Name) + ":")}{builder.Space} {reference(property.Value)} {after}".TrimEnd();
            first = builder.Add(newName(), property.IsRequired ? member : $"{member} | {OrNothing(first)}");
            after = builder.Add(newName(), property.IsRequired ? $"{comma} {member}" : $"{comma} {member} | {OrNothing(after)}");
        }

        return $"\"{{\" {first} \"}}\"";
    }

    private static string OrNothing(string rule) => rule.Length == 0 ? "\"\"" : rule;

    // Written without escapes, so that it cannot be a declared name in disguise.
    private string OtherName(Shape shape)
    {
        var names = AutomatonProduct.AllBut(Pattern.Choice([.. shape.Properties.Select(property => Pattern.Text(property.Name))]), CharacterClasses.Unescaped, budget, shape.Path);
        return "\"\\\"\" " + new AutomatonWriter(builder, names, CharacterClasses.Class, "\"\\\"\"", newName).Write();
    }
}
