namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>A literal number, string, boolean or none.</summary>
internal sealed class ConstantExpression(Position at, object value) : Expression(at)
{
    public object Value { get; } = value;

    protected override object Compute(RenderState s) => Value;
}
