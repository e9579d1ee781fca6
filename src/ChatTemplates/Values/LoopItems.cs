namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>The elements of a running loop, read ahead no further than asked.</summary>
internal sealed class LoopItems
{
    private readonly List<object> _read;
    private readonly IEnumerator<object>? _source;

    public LoopItems(List<object> all) => _read = all;

    public LoopItems(IEnumerable<object> source)
    {
        _read = [];
        _source = source.GetEnumerator();
    }

    public object this[int index] => _read[index];

    public int Count
    {
        get
        {
            while (Has(_read.Count))
            {
            }

            return _read.Count;
        }
    }

    public bool Has(int index)
    {
        while (_read.Count <= index)
        {
            if (_source is null || !_source.MoveNext()) return false;
            _read.Add(_source.Current);
        }

        return true;
    }
}
