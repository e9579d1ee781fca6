namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>A call of a macro, a global function or a method.</summary>
internal sealed class CallExpression(Position at, Expression callee, ArgumentList arguments) : Expression(at)
{
    public object Invoke(RenderState s, MacroValue? caller)
    {
        object target = callee.Evaluate(s);
        return target switch
        {
            CallableValue callable => callable.Call(s, arguments.Evaluate(s, caller)),
            Undefined undefined => throw undefined.Fault(s),
            _ => throw s.Error($"'{TypeNames.Of(target)}' cannot be called"),
        };
    }

    protected override object Compute(RenderState s) => Invoke(s, null);
}
