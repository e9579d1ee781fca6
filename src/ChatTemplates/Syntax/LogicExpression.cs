namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>and</c> and <c>or</c>, which give one of their operands.</summary>
internal sealed class LogicExpression(Position at, bool isAnd, Expression left, Expression right) : Expression(at)
{
    protected override object Compute(RenderState s)
    {
        object value = left.Evaluate(s);
        return Truth.Of(value) == isAnd ? right.Evaluate(s) : value;
    }
}
