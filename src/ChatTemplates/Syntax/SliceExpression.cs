namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>owner[start:stop:step]</c>; a part that is left out is null.</summary>
internal sealed class SliceExpression(
    Position at, Expression owner, Expression? start, Expression? stop, Expression? step) : Expression(at)
{
    protected override object Compute(RenderState s) => Slicing.Take(
        s, owner.Evaluate(s), Part(s, start), Part(s, stop), Part(s, step));

    private static object Part(RenderState s, Expression? part) => part?.Evaluate(s) ?? NoneValue.Instance;
}
