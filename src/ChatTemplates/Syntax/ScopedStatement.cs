namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>A body with its own variables: transformers' <c>generation</c> block.</summary>
internal sealed class ScopedStatement(Position at, Statement[] body, Scope scope) : Statement(at)
{
    protected override Flow Run(RenderState s) => ExecuteScoped(s, body, scope);
}
