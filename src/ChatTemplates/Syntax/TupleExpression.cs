namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>A tuple literal.</summary>
internal sealed class TupleExpression(Position at, Expression[] items) : Expression(at)
{
    protected override object Compute(RenderState s)
    {
        object[] values = new object[items.Length];
        for (int i = 0; i < values.Length; i++) values[i] = items[i].Evaluate(s);
        return new TupleValue(values);
    }
}
