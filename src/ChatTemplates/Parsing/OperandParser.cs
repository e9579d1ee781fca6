namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>Operands: signs, literals, names, and what follows them: attributes, items, calls, filters, tests.</summary>
internal sealed class OperandParser(ParseSession session, ExpressionParser expressions)
{
    private readonly ArgumentParser _arguments = new(session, expressions);

    public Expression Unary(bool withFilter = true)
    {
        Token token = session.Current;
        Expression operand;
        if (token.Kind == TokenKind.Operator && token.Text is "-" or "+")
        {
            session.Next();
            session.Deepen();
            operand = new UnaryExpression(token.At, token.Text, Unary(withFilter: false));
            session.Rise();
        }
        else operand = Primary();

        operand = Postfix(operand);
        return withFilter ? FiltersAndTests(operand) : operand;
    }

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

    public Expression Postfix(Expression operand)
    {
        while (session.Current.Kind == TokenKind.Operator)
        {
            if (session.Current.Text is "." or "[") operand = Subscript(operand);
            else if (session.Current.Text == "(") operand = Call(operand);
            else break;
        }

        return operand;
    }

    /// <summary>A chain of filters; without an operand, for filter blocks, the first name has no bar before it.</summary>
    public Expression Filters(Expression? operand, bool startsInline = false)
    {
        while (startsInline || session.SkipOperator("|"))
        {
            startsInline = false;
            Position at = session.Current.At;
            string name = DottedName("filter name");
            ArgumentList arguments = session.Current.IsOperator("(") ? _arguments.Parse() : ArgumentList.Empty;
            operand = new FilterExpression(at, operand, name, arguments);
        }

        return operand ?? throw session.Error($"expected a filter, got {session.Current.Describe()}");
    }

    private Expression FiltersAndTests(Expression operand)
    {
        while (true)
        {
            if (session.Current.IsOperator("|")) operand = Filters(operand);
            else if (session.Current.IsName("is")) operand = Test(operand);
            else if (session.Current.IsOperator("(")) operand = Call(operand);
            else return operand;
        }
    }

    private CallExpression Call(Expression callee)
    {
        Position at = session.Current.At;
        return new CallExpression(at, callee, _arguments.Parse());
    }

    private Expression Test(Expression operand)
    {
        Position at = session.Next().At;
        bool negated = session.SkipName("not");
        string name = DottedName("test name");
        Expression test = new TestExpression(at, operand, name, TestArguments());
        return negated ? new UnaryExpression(at, "not", test) : test;
    }

    private ArgumentList TestArguments()
    {
        Token token = session.Current;
        if (token.IsOperator("(")) return _arguments.Parse();
        bool starts = token.Kind is TokenKind.Name or TokenKind.String or TokenKind.Integer or TokenKind.Float
            || token.IsOperator("[") || token.IsOperator("{");
        if (!starts || token.IsName("else") || token.IsName("or") || token.IsName("and")) return ArgumentList.Empty;
        if (token.IsName("is")) throw session.Error("tests with 'is' cannot be chained");
        return new ArgumentList([Postfix(Primary())], [], null, null);
    }

    private string DottedName(string what)
    {
        string name = session.Expect(TokenKind.Name, "a " + what).Text;
        while (session.SkipOperator(".")) name += "." + session.Expect(TokenKind.Name, "a " + what).Text;
        return name;
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

    private Expression Subscript(Expression owner)
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
