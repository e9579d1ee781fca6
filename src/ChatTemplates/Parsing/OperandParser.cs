namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>Operands: signs before them, and what follows: attributes, items, calls, filters, tests.</summary>
internal sealed class OperandParser(ParseSession session, ExpressionParser expressions)
{
    private readonly ArgumentParser _arguments = new(session, expressions);
    private readonly LiteralParser _literals = new(session, expressions);
    private readonly SubscriptParser _subscripts = new(session, expressions);

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
        else operand = _literals.Primary();

        operand = Postfix(operand);
        return withFilter ? FiltersAndTests(operand) : operand;
    }

    public Expression Postfix(Expression operand)
    {
        while (session.Current.Kind == TokenKind.Operator)
        {
            if (session.Current.Text is "." or "[") operand = _subscripts.Parse(operand);
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
        return new ArgumentList([Postfix(_literals.Primary())], [], null, null);
    }

    private string DottedName(string what)
    {
        string name = session.Expect(TokenKind.Name, "a " + what).Text;
        while (session.SkipOperator(".")) name += "." + session.Expect(TokenKind.Name, "a " + what).Text;
        return name;
    }
}
