namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>set target = value</c>.</summary>
internal sealed class SetStatement(Position at, Target target, Expression value) : Statement(at)
{
    protected override Flow Run(RenderState s)
    {
        target.Assign(s, value.Evaluate(s));
        return Flow.Next;
    }
}
