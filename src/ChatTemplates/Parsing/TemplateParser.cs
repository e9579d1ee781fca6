namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>The top of a template: text, outputs and block tags, handed to whoever knows the tag.</summary>
internal sealed class TemplateParser
{
    private static readonly HashSet<string> Refused =
        new(["include", "import", "from", "extends", "block"], StringComparer.Ordinal);

    private readonly ParseSession _session;
    private readonly ExpressionParser _expressions;
    private readonly BlockParser _blocks;
    private readonly CaptureParser _captures;

    private TemplateParser(ParseSession session)
    {
        _session = session;
        _expressions = new ExpressionParser(session);
        _blocks = new BlockParser(session, _expressions, this);
        _captures = new CaptureParser(session, _expressions, this);
    }

    public static ParsedTemplate Parse(string source, ChatTemplateLimits limits)
    {
        if (source.Length > limits.MaxSourceLength)
            throw new ChatTemplateException($"the template is longer than {limits.MaxSourceLength} characters", default);
        ParseSession session = new(TemplateLexer.Split(new SourceText(source)), limits);
        Statement[] body = new TemplateParser(session).Body();
        if (session.Current.Kind != TokenKind.End)
            throw session.Error($"unexpected tag {session.Current.Describe()}");
        foreach (NameExpression name in session.Names) name.Resolve();
        HashSet<string> names = session.Names.Select(name => name.Name).ToHashSet(StringComparer.Ordinal);
        return new ParsedTemplate(body, session.Scope.Count, names);
    }

    /// <summary>
    /// Statements up to one of these tags, whose name is then the current token; without tags, up to the end.
    /// </summary>
    public Statement[] Body(params ReadOnlySpan<string> endTags)
    {
        _session.Deepen();
        List<Statement> statements = [];
        while (_session.Current.Kind != TokenKind.End)
        {
            Token token = _session.Next();
            if (token.Kind == TokenKind.Text) statements.Add(new TextStatement(token.At, token.Text));
            else if (token.Kind == TokenKind.VariableBegin) statements.Add(Output(token.At));
            else
            {
                Token tag = _session.Current;
                if (tag.Kind == TokenKind.Name && endTags.Contains(tag.Text)) break;
                statements.Add(Block(tag));
            }
        }

        if (endTags.Length > 0 && _session.Current.Kind == TokenKind.End)
            throw _session.Error($"the template ends before '{endTags[^1]}'");
        _session.Rise();
        return [.. statements];
    }

    /// <summary>A body that is captured runs apart from the loop around it, so break cannot leave it.</summary>
    public Statement[] OutsideLoops(string endTag) => _blocks.BodyOutsideLoops(endTag);

    private OutputStatement Output(Position at)
    {
        Expression value = _expressions.Tuple();
        _session.Expect(TokenKind.VariableEnd, "'}}'");
        return new OutputStatement(at, value);
    }

    private Statement Block(Token tag)
    {
        if (tag.Kind != TokenKind.Name) throw _session.Error("a block tag needs a name");
        if (Refused.Contains(tag.Text)) throw _session.Error($"'{tag.Text}' is not allowed in a chat template");
        _session.Next();
        Statement? statement = tag.Text switch
        {
            "if" => _blocks.If(tag.At),
            "for" => _blocks.For(tag.At),
            "with" => _blocks.With(tag.At),
            "print" => new OutputStatement(tag.At, _expressions.Tuple()),
            "break" or "continue" => _blocks.LoopControl(tag),
            "generation" => _blocks.Generation(tag.At),
            "set" => _captures.Set(tag.At),
            "macro" => _captures.Macro(tag.At),
            "call" => _captures.Call(tag.At),
            "filter" => _captures.Filter(tag.At),
            _ => null,
        };
        if (statement is null) throw new ChatTemplateException($"unknown tag '{tag.Text}'", tag.At);
        _session.Expect(TokenKind.BlockEnd, "the end of the tag");
        return statement;
    }
}
