namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>filter name</c> ... <c>endfilter</c>.</summary>
internal sealed class FilterStatement(Position at, FilterExpression filter, Statement[] body, Scope scope) : Statement(at)
{
    protected override Flow Run(RenderState s)
    {
        string text = CaptureScoped(s, body, scope);
        s.Write(Texts.Of(s, filter.ApplyChain(s, text)));
        return Flow.Next;
    }
}
