namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>A parsed expression. Evaluating counts one step and one level of depth.</summary>
internal abstract class Expression(Position at)
{
    public Position At { get; } = at;

    public object Evaluate(RenderState s)
    {
        s.Enter(At);
        object value = Compute(s);
        s.Leave();
        return value;
    }

    protected abstract object Compute(RenderState s);
}
