namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>Text between tags.</summary>
internal sealed class TextStatement(Position at, string text) : Statement(at)
{
    protected override Flow Run(RenderState s)
    {
        s.Write(text);
        return Flow.Next;
    }
}
