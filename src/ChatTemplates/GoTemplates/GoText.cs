namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>Text between actions.</summary>
internal sealed class GoText(Position at, string text) : GoNode(at)
{
    protected override Flow Write(RenderState s, GoScope scope)
    {
        s.Write(text);
        return Flow.Next;
    }
}
