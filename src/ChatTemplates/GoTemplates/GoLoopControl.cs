namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary><c>{{break}}</c> and <c>{{continue}}</c>.</summary>
internal sealed class GoLoopControl(Position at, Flow flow) : GoNode(at)
{
    protected override Flow Write(RenderState s, GoScope scope) => flow;
}
