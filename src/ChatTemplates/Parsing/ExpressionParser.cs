namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>Operators by precedence, from the conditional expression down to the power.</summary>
internal sealed class ExpressionParser
{
    private readonly ParseSession _session;
    private readonly OperandParser _operands;

    public ExpressionParser(ParseSession session)
    {
        _session = session;
        _operands = new OperandParser(session, this);
    }

    public OperandParser Operands => _operands;

    public Expression Expression(bool withConditional = true)
    {
        _session.Deepen();
        Expression value = Or();
        while (withConditional && _session.Current.IsName("if"))
        {
            Position at = _session.Next().At;
            Expression test = Or();
            Expression? otherwise = _session.SkipName("else") ? Expression() : null;
            value = new ConditionalExpression(at, test, value, otherwise);
        }

        _session.Rise();
        return value;
    }

    /// <summary>One expression, or several with commas between as a tuple; a name may end it too.</summary>
    public Expression Tuple(bool withConditional = true, bool mayBeEmpty = false, string? endName = null)
    {
        Position at = _session.Current.At;
        List<Expression> items = [];
        bool isTuple = false;
        while (!AtTupleEnd(endName))
        {
            items.Add(Expression(withConditional));
            if (!_session.SkipOperator(",")) break;
            isTuple = true;
        }

        if (items.Count == 1 && !isTuple) return items[0];
        if (items.Count > 0 || mayBeEmpty) return new TupleExpression(at, [.. items]);
        throw _session.Error($"expected an expression, got {_session.Current.Describe()}");
    }

    private bool AtTupleEnd(string? endName) => _session.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd
        || _session.Current.IsOperator(")") || (endName is not null && _session.Current.IsName(endName));

    private Expression Or()
    {
        Expression left = And();
        while (_session.Current.IsName("or"))
        {
            Position at = _session.Next().At;
            left = new LogicExpression(at, false, left, And());
        }

        return left;
    }

    private Expression And()
    {
        Expression left = Not();
        while (_session.Current.IsName("and"))
        {
            Position at = _session.Next().At;
            left = new LogicExpression(at, true, left, Not());
        }

        return left;
    }

    private Expression Not()
    {
        if (!_session.Current.IsName("not")) return Comparison();
        Position at = _session.Next().At;
        _session.Deepen();
        UnaryExpression negation = new(at, "not", Not());
        _session.Rise();
        return negation;
    }

    private Expression Comparison()
    {
        Position at = _session.Current.At;
        Expression first = Sum();
        List<(string Symbol, Expression Right)>? rest = null;
        while (ComparisonSymbol() is { } symbol)
            (rest ??= []).Add((symbol, Sum()));
        return rest is null ? first : new ComparisonExpression(at, first, [.. rest]);
    }

    private string? ComparisonSymbol()
    {
        Token token = _session.Current;
        if (token.Kind == TokenKind.Operator && token.Text is "==" or "!=" or "<" or "<=" or ">" or ">=")
            return _session.Next().Text;
        if (_session.SkipName("in")) return "in";
        if (!token.IsName("not") || !_session.Following.IsName("in")) return null;
        _session.Next();
        _session.Next();
        return "not in";
    }

    private Expression Sum()
    {
        Expression left = Concat();
        while (_session.Current.Kind == TokenKind.Operator && _session.Current.Text is "+" or "-")
        {
            Token symbol = _session.Next();
            left = new BinaryExpression(symbol.At, symbol.Text, left, Concat());
        }

        return left;
    }

    private Expression Concat()
    {
        Position at = _session.Current.At;
        Expression first = Product();
        if (!_session.Current.IsOperator("~")) return first;
        List<Expression> parts = [first];
        while (_session.SkipOperator("~")) parts.Add(Product());
        return new ConcatExpression(at, [.. parts]);
    }

    private Expression Product()
    {
        Expression left = Power();
        while (_session.Current.Kind == TokenKind.Operator && _session.Current.Text is "*" or "/" or "//" or "%")
        {
            Token symbol = _session.Next();
            left = new BinaryExpression(symbol.At, symbol.Text, left, Power());
        }

        return left;
    }

    private Expression Power()
    {
        Expression left = _operands.Unary();
        while (_session.Current.IsOperator("**"))
        {
            Position at = _session.Next().At;
            left = new BinaryExpression(at, "**", left, _operands.Unary());
        }

        return left;
    }
}
