namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>break</c> and <c>continue</c>.</summary>
internal sealed class LoopControlStatement(Position at, Flow flow) : Statement(at)
{
    protected override Flow Run(RenderState s) => flow;
}
