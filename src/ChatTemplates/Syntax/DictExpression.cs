namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>A dict literal: a new dict each time.</summary>
internal sealed class DictExpression(Position at, (Expression Key, Expression Value)[] entries) : Expression(at)
{
    protected override object Compute(RenderState s)
    {
        DictValue dict = new();
        foreach ((Expression key, Expression value) in entries)
            dict.Set(s, key.Evaluate(s), value.Evaluate(s));
        return dict;
    }
}
