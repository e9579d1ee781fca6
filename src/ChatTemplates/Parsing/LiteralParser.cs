namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>Names and literals: numbers, strings, lists, dicts, tuples and parentheses.</summary>
internal sealed class LiteralParser(ParseSession session, ExpressionParser expressions)
{
    public Expression Primary()
    {
        Token token = session.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                session.Next();
                return Constant(token) ?? (Expression)session.Load(token);
            case TokenKind.String:
                return Strings();
            case TokenKind.Integer:
                session.Next();
                return new ConstantExpression(token.At, Box.Of(NumberGrammar.ParseInteger(token.Text)
                    ?? throw new ChatTemplateException("the number is beyond 64 bits", token.At)));
            case TokenKind.Float:
                session.Next();
                return new ConstantExpression(token.At, double.Parse(token.Text, CultureInfo.InvariantCulture));
            case TokenKind.Operator when token.Text is "(" or "[" or "{":
                return Bracketed();
            default:
                throw session.Error($"unexpected {token.Describe()}");
        }
    }

    private static ConstantExpression? Constant(Token token) => token.Text switch
    {
        "true" or "True" => new ConstantExpression(token.At, Box.True),
        "false" or "False" => new ConstantExpression(token.At, Box.False),
        "none" or "None" => new ConstantExpression(token.At, NoneValue.Instance),
        _ => null,
    };

    private ConstantExpression Strings()
    {
        Token first = session.Next();
        if (session.Current.Kind != TokenKind.String) return new ConstantExpression(first.At, first.Text);
        StringBuilder all = new(first.Text);
        while (session.Current.Kind == TokenKind.String) all.Append(session.Next().Text);
        return new ConstantExpression(first.At, all.ToString());
    }

    private Expression Bracketed()
    {
        session.Deepen();
        Token open = session.Next();
        Expression value;
        if (open.Text == "(")
        {
            value = expressions.Tuple(mayBeEmpty: true);
            session.ExpectOperator(")");
        }
        else value = open.Text == "[" ? List(open.At) : Dict(open.At);

        session.Rise();
        return value;
    }

    private ListExpression List(Position at)
    {
        List<Expression> items = [];
        while (!session.Current.IsOperator("]"))
        {
            if (items.Count > 0) session.ExpectOperator(",");
            if (session.Current.IsOperator("]")) break;
            items.Add(expressions.Expression());
        }

        session.ExpectOperator("]");
        return new ListExpression(at, [.. items]);
    }

    private DictExpression Dict(Position at)
    {
        List<(Expression, Expression)> entries = [];
        while (!session.Current.IsOperator("}"))
        {
            if (entries.Count > 0) session.ExpectOperator(",");
            if (session.Current.IsOperator("}")) break;
            Expression key = expressions.Expression();
            session.ExpectOperator(":");
            entries.Add((key, expressions.Expression()));
        }

        session.ExpectOperator("}");
        return new DictExpression(at, [.. entries]);
    }
}
