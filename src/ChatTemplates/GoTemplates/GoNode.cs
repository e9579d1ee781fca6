namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>A piece of a Go template that writes.</summary>
internal abstract class GoNode(Position at)
{
    public Position At { get; } = at;

    public static Flow WriteAll(RenderState s, GoNode[] body, GoScope scope)
    {
        foreach (GoNode node in body)
        {
            s.Enter(node.At);
            Flow flow = node.Write(s, scope);
            s.Leave();
            if (flow != Flow.Next) return flow;
        }

        return Flow.Next;
    }

    protected abstract Flow Write(RenderState s, GoScope scope);
}
