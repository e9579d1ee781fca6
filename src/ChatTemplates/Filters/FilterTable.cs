using System.Collections.Frozen;

namespace LocalAI.Pipeline.ChatTemplates.Filters;

/// <summary>All filters by name; each family of them is in a class of its own.</summary>
internal static class FilterTable
{
    private static readonly FrozenDictionary<string, FilterBody> Table = new Dictionary<string, FilterBody>[]
    {
        TextFilters.All, LayoutFilters.All, NumberFilters.All, SequenceFilters.All, SelectionFilters.All,
        OrderFilters.All, ValueFilters.All,
    }
    .SelectMany(family => family)
    .ToFrozenDictionary(StringComparer.Ordinal);

    public static FilterBody? Find(string name) => Table.GetValueOrDefault(name);
}
