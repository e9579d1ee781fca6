namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>with a = 1</c>: the values are computed outside, the names live inside.</summary>
internal sealed class WithStatement(
    Position at, (Target Target, Expression Value)[] bindings, Statement[] body, Scope scope) : Statement(at)
{
    protected override Flow Run(RenderState s)
    {
        object[] values = Array.ConvertAll(bindings, binding => binding.Value.Evaluate(s));
        Frame outer = s.Frame;
        s.Frame = new Frame(outer, scope.Count);
        for (int i = 0; i < values.Length; i++) bindings[i].Target.Assign(s, values[i]);
        Flow flow = ExecuteAll(s, body);
        s.Frame = outer;
        return flow;
    }
}
