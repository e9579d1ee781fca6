using System.Globalization;
using LocalAI.Pipeline.JsonSchemas.Automata;

namespace LocalAI.Pipeline.JsonSchemas.Writing;

/// <summary>Text that is no JSON: thoughts, and what a model says beside its calls.</summary>
internal static class FreeText
{
    // Some markers and the names of 128 functions.
    private const long MaxWork = 2_000_000;

    public static string Until(GrammarBuilder builder, string name, string marker, IReadOnlyList<string> without, string following)
    {
        var budget = new WorkBudget(MaxWork);
        var texts = Determinisation.Of(Pattern.Sequence(Pattern.AnyText, Pattern.Text(marker)), budget, name).First();
        var allowed = without.Count == 0 ? texts : AutomatonProduct.Intersect(texts, Allowed(without, budget, name), budget, name);
        return Write(builder, name, allowed, following);
    }

    public static string Without(GrammarBuilder builder, string name, IReadOnlyList<string> without) =>
        Write(builder, name, Allowed(without, new WorkBudget(MaxWork), name), "\"\"");

    private static Automaton Allowed(IReadOnlyList<string> without, WorkBudget budget, string name) =>
        AutomatonProduct.AllBut(Pattern.Choice([.. without.Select(PatternReader.Read)]), CodePoints.All, budget, name);

    private static string Write(GrammarBuilder builder, string name, Automaton texts, string end)
    {
        var rules = 0;
        return new AutomatonWriter(builder, texts, CharacterClasses.Class, end,
            () => string.Create(CultureInfo.InvariantCulture, $"{name}-{++rules}")).Write();
    }
}
