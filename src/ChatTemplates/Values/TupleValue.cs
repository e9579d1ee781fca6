namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>A Python tuple.</summary>
internal class TupleValue(params object[] items)
{
    public object[] Items { get; } = items;
}
