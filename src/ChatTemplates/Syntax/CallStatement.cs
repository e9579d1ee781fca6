namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>call(parameters) macro(arguments)</c>: the body is passed as <c>caller</c>.</summary>
internal sealed class CallStatement(Position at, CallExpression call, MacroDefinition caller) : Statement(at)
{
    protected override Flow Run(RenderState s)
    {
        s.Write(Texts.Of(s, call.Invoke(s, new MacroValue(caller, s.Frame))));
        return Flow.Next;
    }
}
