namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>set ns.name = value</c>.</summary>
internal sealed class NamespaceTarget(NameExpression space, string name) : Target
{
    public override void Bind(Scope scope)
    {
    }

    public override void Assign(RenderState s, object value)
    {
        if (space.Evaluate(s) is not NamespaceValue target)
            throw s.Error($"cannot assign attribute '{name}' on a non-namespace object");
        s.ChargeItems(target.Attributes.Count / 64);
        target.Attributes[name] = value;
    }
}
