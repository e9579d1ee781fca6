namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>A chain of comparisons, each operand evaluated once.</summary>
internal sealed class ComparisonExpression(
    Position at, Expression first, (string Symbol, Expression Right)[] rest) : Expression(at)
{
    protected override object Compute(RenderState s)
    {
        object left = first.Evaluate(s);
        foreach ((string symbol, Expression expression) in rest)
        {
            object right = expression.Evaluate(s);
            if (!Holds(s, symbol, left, right)) return Box.False;
            left = right;
        }

        return Box.True;
    }

    public static bool Holds(RenderState s, string symbol, object left, object right)
    {
        switch (symbol)
        {
            case "==": return Equality.AreEqual(s, left, right);
            case "!=": return !Equality.AreEqual(s, left, right);
            case "in": return Membership.Contains(s, right, left);
            case "not in": return !Membership.Contains(s, right, left);
        }

        if (left is double.NaN || right is double.NaN) return false;
        int order = Ordering.Compare(s, left, right, symbol);
        return symbol switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}
