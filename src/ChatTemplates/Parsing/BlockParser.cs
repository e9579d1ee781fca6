namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>The tags that steer the flow: if, for, with, break, continue, generation.</summary>
internal sealed class BlockParser(ParseSession session, ExpressionParser expressions, TemplateParser template)
{
    private readonly TargetParser _targets = new(session);
    private int _loops;

    public IfStatement If(Position at)
    {
        List<(Expression?, Statement[])> branches = [];
        Expression? test = expressions.Tuple(withConditional: false);
        while (true)
        {
            session.Expect(TokenKind.BlockEnd, "the end of the tag");
            branches.Add((test, test is null ? template.Body("endif") : template.Body("elif", "else", "endif")));
            string tag = session.Next().Text;
            if (tag == "endif") break;
            test = tag == "elif" ? expressions.Tuple(withConditional: false) : null;
        }

        return new IfStatement(at, [.. branches]);
    }

    public ForStatement For(Position at)
    {
        Target target = _targets.Parse(mayBeNamespace: false);
        if (!session.SkipName("in")) throw session.Error($"expected 'in', got {session.Current.Describe()}");
        Expression items = expressions.Tuple(withConditional: false, endName: "recursive");
        Scope testScope = session.OpenScope();
        target.Bind(testScope);
        Expression? test = session.SkipName("if") ? expressions.Expression() : null;
        session.CloseScope();
        bool isRecursive = session.SkipName("recursive");
        session.Expect(TokenKind.BlockEnd, "the end of the tag");

        Scope bodyScope = session.OpenScope();
        target.Bind(bodyScope);
        int loopSlot = bodyScope.Declare("loop");
        _loops++;
        Statement[] body = template.Body("else", "endfor");
        _loops--;
        session.CloseScope();

        Scope otherwiseScope = session.OpenScope();
        Statement[] otherwise = [];
        if (session.Next().Text == "else")
        {
            session.Expect(TokenKind.BlockEnd, "the end of the tag");
            otherwise = template.Body("endfor");
            session.Next();
        }

        session.CloseScope();
        return new ForStatement(at, new ForParts
        {
            Target = target, Items = items, Test = test, IsRecursive = isRecursive, Body = body, Otherwise = otherwise,
            TestScope = testScope, BodyScope = bodyScope, OtherwiseScope = otherwiseScope, LoopSlot = loopSlot,
        });
    }

    public LoopControlStatement LoopControl(Token tag)
    {
        if (_loops == 0) throw new ChatTemplateException($"'{tag.Text}' outside a loop", tag.At);
        return new LoopControlStatement(tag.At, tag.Text == "break" ? Flow.Break : Flow.Continue);
    }

    public Statement[] BodyOutsideLoops(string endTag)
    {
        int loops = _loops;
        _loops = 0;
        Statement[] body = template.Body(endTag);
        _loops = loops;
        return body;
    }

    public WithStatement With(Position at)
    {
        List<(Target, Expression)> bindings = [];
        while (session.Current.Kind != TokenKind.BlockEnd)
        {
            if (bindings.Count > 0) session.ExpectOperator(",");
            Target target = _targets.Parse(mayBeNamespace: false);
            session.ExpectOperator("=");
            bindings.Add((target, expressions.Expression()));
        }

        session.Next();
        Scope scope = session.OpenScope();
        foreach ((Target target, _) in bindings) target.Bind(scope);
        Statement[] body = template.Body("endwith");
        session.CloseScope();
        session.Next();
        return new WithStatement(at, [.. bindings], body, scope);
    }

    public ScopedStatement Generation(Position at)
    {
        session.Expect(TokenKind.BlockEnd, "the end of the tag");
        Scope scope = session.OpenScope();
        Statement[] body = template.Body("endgeneration");
        session.CloseScope();
        session.Next();
        return new ScopedStatement(at, body, scope);
    }
}
