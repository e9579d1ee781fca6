namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>A list literal: a new list each time.</summary>
internal sealed class ListExpression(Position at, Expression[] items) : Expression(at)
{
    protected override object Compute(RenderState s)
    {
        List<object> values = new(items.Length);
        foreach (Expression item in items) values.Add(item.Evaluate(s));
        return new ListValue(values);
    }
}
