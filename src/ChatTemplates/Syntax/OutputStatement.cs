namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>{{ expression }}</c>.</summary>
internal sealed class OutputStatement(Position at, Expression value) : Statement(at)
{
    protected override Flow Run(RenderState s)
    {
        s.Write(Texts.Of(s, value.Evaluate(s)));
        return Flow.Next;
    }
}
