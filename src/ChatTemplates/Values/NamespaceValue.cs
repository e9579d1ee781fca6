namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Jinja's namespace(): attributes that may be assigned from inner scopes.</summary>
internal sealed class NamespaceValue
{
    public Dictionary<string, object> Attributes { get; } = new(StringComparer.Ordinal);
}
