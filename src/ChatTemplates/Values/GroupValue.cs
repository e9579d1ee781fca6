namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>One group that <c>groupby</c> gives: a pair whose parts also have names.</summary>
internal sealed class GroupValue(object grouper, ListValue list) : TupleValue(grouper, list)
{
    public object? Attribute(string name) => name switch
    {
        "grouper" => Items[0],
        "list" => Items[1],
        _ => null,
    };
}
