namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>What a missing name, attribute or item gives: empty when printed, an error when used further.</summary>
internal sealed class Undefined(string what)
{
    public string What { get; } = what;

    public ChatTemplateException Fault(RenderState s) => s.Error($"'{What}' is undefined");
}
