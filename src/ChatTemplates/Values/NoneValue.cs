namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's None.</summary>
internal sealed class NoneValue
{
    public static readonly NoneValue Instance = new();

    private NoneValue()
    {
    }
}
