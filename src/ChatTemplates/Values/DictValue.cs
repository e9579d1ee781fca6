namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>A Python dict: in order of insertion, with 1, 1.0 and True as one key.</summary>
internal sealed class DictValue
{
    public OrderedDictionary<object, object> Entries { get; } = new(KeyComparer.Instance);

    public int Count => Entries.Count;

    public bool TryGet(object key, out object value) => Entries.TryGetValue(key, out value!);

    public void Set(RenderState s, object key, object value)
    {
        KeyComparer.EnsureHashable(s, key);
        Entries[key] = value;
        s.ChargeItems(Entries.Count / 64);
    }

    /// <summary>Removing from an ordered dictionary moves what follows, so it is paid for by size.</summary>
    public void Remove(RenderState s, object key)
    {
        s.ChargeItems(Entries.Count);
        Entries.Remove(key);
    }
}
