namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>macro name(parameters)</c>: assigns a macro that sees the scope it was defined in.</summary>
internal sealed class MacroStatement(Position at, Target target, MacroDefinition definition) : Statement(at)
{
    protected override Flow Run(RenderState s)
    {
        target.Assign(s, new MacroValue(definition, s.Frame));
        return Flow.Next;
    }
}
