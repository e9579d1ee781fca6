namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary><c>if</c> and <c>with</c>, each with its else; <c>with</c> moves the dot.</summary>
internal sealed class GoIf(Position at, GoPipeline test, bool movesDot, GoNode[] then, GoNode[] otherwise) : GoNode(at)
{
    protected override Flow Write(RenderState s, GoScope scope)
    {
        GoScope inner = new(scope, scope.Dot);
        object value = test.Evaluate(s, inner);
        if (!GoValues.IsTrue(value)) return WriteAll(s, otherwise, inner);
        return WriteAll(s, then, movesDot ? new GoScope(inner, value) : inner);
    }
}
