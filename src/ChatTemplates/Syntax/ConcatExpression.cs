namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>a ~ b ~ c</c>: everything as text, joined.</summary>
internal sealed class ConcatExpression(Position at, Expression[] parts) : Expression(at)
{
    protected override object Compute(RenderState s)
    {
        string[] texts = new string[parts.Length];
        long length = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Texts.Of(s, parts[i].Evaluate(s));
            length += texts[i].Length;
        }

        s.ReserveText(length);
        return string.Concat(texts);
    }
}
