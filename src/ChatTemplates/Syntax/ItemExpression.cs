namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>owner[key]</c>.</summary>
internal sealed class ItemExpression(Position at, Expression owner, Expression key) : Expression(at)
{
    protected override object Compute(RenderState s) => Access.Item(s, owner.Evaluate(s), key.Evaluate(s));
}
