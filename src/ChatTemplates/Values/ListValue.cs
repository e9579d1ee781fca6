namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>A Python list.</summary>
internal sealed class ListValue(List<object> items)
{
    public List<object> Items { get; } = items;
}
