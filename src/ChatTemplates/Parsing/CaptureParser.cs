namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>The tags that define names or capture output: set, macro, call, filter.</summary>
internal sealed class CaptureParser(ParseSession session, ExpressionParser expressions, TemplateParser template)
{
    private readonly TargetParser _targets = new(session);

    public Statement Set(Position at)
    {
        Target target = _targets.Parse(mayBeNamespace: true);
        if (session.SkipOperator("="))
        {
            Expression value = expressions.Tuple();
            target.Bind(session.Scope);
            return new SetStatement(at, target, value);
        }

        target.Bind(session.Scope);
        FilterExpression? filter = session.Current.IsOperator("|")
            ? (FilterExpression)expressions.Operands.Filters(null)
            : null;
        session.Expect(TokenKind.BlockEnd, "the end of the tag");
        (Statement[] body, Scope scope) = Captured("endset");
        return new SetBlockStatement(at, target, filter, body, scope);
    }

    public FilterStatement Filter(Position at)
    {
        FilterExpression filter = (FilterExpression)expressions.Operands.Filters(null, startsInline: true);
        session.Expect(TokenKind.BlockEnd, "the end of the tag");
        (Statement[] body, Scope scope) = Captured("endfilter");
        return new FilterStatement(at, filter, body, scope);
    }

    public MacroStatement Macro(Position at)
    {
        string name = _targets.Name();
        NameTarget target = new(name);
        target.Bind(session.Scope);
        return new MacroStatement(at, target, Definition(name, "endmacro", null));
    }

    public CallStatement Call(Position at)
    {
        // The parameters come before the call, but their defaults belong to the body's scope.
        Scope scope = session.OpenScope(isMacro: true);
        (string[] names, Expression[] defaults) = session.Current.IsOperator("(") ? Signature() : ([], []);
        session.CloseScope();
        if (expressions.Operands.Unary() is not CallExpression call)
            throw session.Error("expected a call");
        return new CallStatement(at, call, Definition("caller", "endcall", (scope, names, defaults)));
    }

    private MacroDefinition Definition(
        string name, string endTag, (Scope Scope, string[] Names, Expression[] Defaults)? signature)
    {
        Scope scope = signature is { } given ? session.Reopen(given.Scope) : session.OpenScope(isMacro: true);
        (string[] names, Expression[] defaults) = signature is { } known ? (known.Names, known.Defaults) : Signature();
        foreach (string special in (string[])["caller", "varargs", "kwargs"]) scope.Declare(special);
        session.Expect(TokenKind.BlockEnd, "the end of the tag");
        Statement[] body = template.OutsideLoops(endTag);
        session.CloseScope();
        session.Next();
        return new MacroDefinition(name, names, defaults, body, scope);
    }

    private (string[] Names, Expression[] Defaults) Signature()
    {
        List<string> names = [];
        List<Expression> defaults = [];
        session.ExpectOperator("(");
        while (!session.Current.IsOperator(")"))
        {
            if (names.Count > 0) session.ExpectOperator(",");
            string name = _targets.Name();
            if (names.Contains(name)) throw session.Error($"duplicate argument '{name}'");
            names.Add(name);
            session.Scope.Declare(name);
            if (session.SkipOperator("=")) defaults.Add(expressions.Expression());
            else if (defaults.Count > 0) throw session.Error("non-default argument follows default argument");
        }

        session.Next();
        return ([.. names], [.. defaults]);
    }

    private (Statement[] Body, Scope Scope) Captured(string endTag)
    {
        Scope scope = session.OpenScope();
        Statement[] body = template.OutsideLoops(endTag);
        session.CloseScope();
        session.Next();
        return (body, scope);
    }
}
