namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>-x</c>, <c>+x</c> and <c>not x</c>.</summary>
internal sealed class UnaryExpression(Position at, string symbol, Expression operand) : Expression(at)
{
    protected override object Compute(RenderState s)
    {
        object value = operand.Evaluate(s);
        return symbol switch
        {
            "not" => Box.Of(!Truth.Of(value)),
            "-" => Arithmetic.Negate(s, value),
            _ => Arithmetic.Plus(s, value),
        };
    }
}
