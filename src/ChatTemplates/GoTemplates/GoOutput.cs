namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>A pipeline whose value is written, unless it only sets a variable.</summary>
internal sealed class GoOutput(Position at, GoPipeline pipeline) : GoNode(at)
{
    protected override Flow Write(RenderState s, GoScope scope)
    {
        object value = pipeline.Evaluate(s, scope);
        if (pipeline.Variables.Length == 0) s.Write(GoValues.Text(s, value));
        return Flow.Next;
    }
}
