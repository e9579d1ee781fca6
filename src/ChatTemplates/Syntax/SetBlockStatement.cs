namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>set target</c> ... <c>endset</c>: the rendered body becomes the value, after a filter if there is one.</summary>
internal sealed class SetBlockStatement(
    Position at, Target target, FilterExpression? filter, Statement[] body, Scope scope) : Statement(at)
{
    protected override Flow Run(RenderState s)
    {
        object value = CaptureScoped(s, body, scope);
        target.Assign(s, filter is null ? value : filter.ApplyChain(s, value));
        return Flow.Next;
    }
}
