namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>What follows a dot or stands in brackets: an attribute, an item, a slice.</summary>
internal sealed class SubscriptParser(ParseSession session, ExpressionParser expressions)
{
    public Expression Parse(Expression owner)
    {
        Token open = session.Next();
        if (open.Text == ".") return Dotted(owner, open.At);
        session.Deepen();
        List<Expression> keys = [];
        while (!session.Current.IsOperator("]"))
        {
            if (keys.Count > 0) session.ExpectOperator(",");
            Expression? key = Key(owner, open.At, out SliceExpression? slice);
            if (slice is not null)
            {
                session.ExpectOperator("]");
                session.Rise();
                return slice;
            }

            keys.Add(key!);
        }

        session.ExpectOperator("]");
        session.Rise();
        if (keys.Count == 0) throw session.Error("expected an expression between the brackets");
        return new ItemExpression(open.At, owner, keys.Count == 1 ? keys[0] : new TupleExpression(open.At, [.. keys]));
    }

    private Expression Dotted(Expression owner, Position at)
    {
        Token name = session.Next();
        return name.Kind switch
        {
            TokenKind.Name => new AttributeExpression(at, owner, name.Text),
            TokenKind.Integer => new ItemExpression(at, owner, new ConstantExpression(name.At,
                Box.Of(NumberGrammar.ParseInteger(name.Text) ?? throw session.Error("the number is beyond 64 bits")))),
            _ => throw new ChatTemplateException("expected a name or a number after the dot", name.At),
        };
    }

    private Expression? Key(Expression owner, Position at, out SliceExpression? slice)
    {
        Expression? first = session.Current.IsOperator(":") ? null : expressions.Expression();
        slice = null;
        if (!session.SkipOperator(":")) return first;
        Expression? stop = SlicePart();
        Expression? step = session.SkipOperator(":") ? SlicePart() : null;
        slice = new SliceExpression(at, owner, first, stop, step);
        return null;
    }

    private Expression? SlicePart() =>
        session.Current.IsOperator(":") || session.Current.IsOperator("]") ? null : expressions.Expression();
}
