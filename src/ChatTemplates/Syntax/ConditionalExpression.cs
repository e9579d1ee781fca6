namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>a if test else b</c>; without else, undefined.</summary>
internal sealed class ConditionalExpression(
    Position at, Expression test, Expression then, Expression? otherwise) : Expression(at)
{
    protected override object Compute(RenderState s)
    {
        if (Truth.Of(test.Evaluate(s))) return then.Evaluate(s);
        return otherwise?.Evaluate(s) ?? new Undefined("the inline if-expression without else");
    }
}
