namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>
/// A generator, as many filters give: read once, without length or index, and always true. Generators over
/// generators count as nesting, so that a long chain of them cannot exhaust the stack.
/// </summary>
internal sealed class IteratorValue(RenderState s, IEnumerable<object> source)
{
    private readonly IEnumerator<object> _source = source.GetEnumerator();

    public bool TryNext(out object item)
    {
        s.Enter(s.At);
        bool more = _source.MoveNext();
        s.Leave();
        item = more ? _source.Current : NoneValue.Instance;
        return more;
    }

    public IEnumerable<object> Rest()
    {
        while (TryNext(out object item)) yield return item;
    }
}
