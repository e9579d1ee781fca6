namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>owner.name</c>.</summary>
internal sealed class AttributeExpression(Position at, Expression owner, string name) : Expression(at)
{
    protected override object Compute(RenderState s) => Access.Attribute(s, owner.Evaluate(s), name);
}
