namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>What <c>dict.keys()</c>, <c>values()</c> and <c>items()</c> give: a live view, without indexing.</summary>
internal sealed class DictView(DictValue dict, string kind)
{
    public DictValue Dict { get; } = dict;

    /// <summary>"keys", "values" or "items".</summary>
    public string Kind { get; } = kind;

    public IEnumerable<object> Elements() => Kind switch
    {
        "keys" => Dict.Entries.Keys,
        "values" => Dict.Entries.Values,
        _ => Dict.Entries.Select(entry => (object)new TupleValue(entry.Key, entry.Value)),
    };
}
