using System.Collections.Frozen;

namespace LocalAI.Pipeline.ChatTemplates.Predicates;

/// <summary>All tests by name.</summary>
internal static class PredicateTable
{
    private static readonly FrozenDictionary<string, PredicateBody> Table = new Dictionary<string, PredicateBody>[]
    {
        TypePredicates.All, ComparisonPredicates.All,
    }
    .SelectMany(family => family)
    .ToFrozenDictionary(StringComparer.Ordinal);

    public static PredicateBody? Find(string name) => Table.GetValueOrDefault(name);
}
