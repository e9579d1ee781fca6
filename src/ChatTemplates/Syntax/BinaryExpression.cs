namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>Arithmetic between two operands.</summary>
internal sealed class BinaryExpression(Position at, string symbol, Expression left, Expression right) : Expression(at)
{
    private readonly Func<RenderState, object, object, object> _operation = symbol switch
    {
        "+" => Arithmetic.Add,
        "-" => Arithmetic.Subtract,
        "*" => Arithmetic.Multiply,
        "/" => Arithmetic.Divide,
        "//" => Arithmetic.FloorDivide,
        "%" => Arithmetic.Modulo,
        _ => Arithmetic.Power,
    };

    protected override object Compute(RenderState s) => _operation(s, left.Evaluate(s), right.Evaluate(s));
}
