namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>What the parsers share: the tokens, the scope being read, the depth and the names found.</summary>
internal sealed class ParseSession(List<Token> tokens, ChatTemplateLimits limits)
{
    private int _at;
    private int _depth;

    public Scope Scope { get; private set; } = new(null);
    public List<NameExpression> Names { get; } = [];
    public Token Current => tokens[_at];
    public Token Following => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public Token Next()
    {
        Token token = tokens[_at];
        if (_at < tokens.Count - 1) _at++;
        return token;
    }

    public bool SkipOperator(string symbol)
    {
        bool matches = Current.IsOperator(symbol);
        if (matches) Next();
        return matches;
    }

    public bool SkipName(string name)
    {
        bool matches = Current.IsName(name);
        if (matches) Next();
        return matches;
    }

    public void ExpectOperator(string symbol)
    {
        if (!SkipOperator(symbol)) throw Error($"expected '{symbol}', got {Current.Describe()}");
    }

    public Token Expect(TokenKind kind, string what)
    {
        if (Current.Kind != kind) throw Error($"expected {what}, got {Current.Describe()}");
        return Next();
    }

    public void Deepen()
    {
        if (++_depth > limits.MaxParseDepth)
            throw Error($"the template nests deeper than {limits.MaxParseDepth} levels");
    }

    public void Rise() => _depth--;

    public Scope OpenScope(bool isMacro = false) => Scope = new Scope(Scope, isMacro);

    public Scope Reopen(Scope scope) => Scope = scope;

    public void CloseScope() => Scope = Scope.Parent!;

    public NameExpression Load(Token token)
    {
        NameExpression name = new(token.At, token.Text, Scope);
        Scope.NoteLoad(token.Text);
        Names.Add(name);
        return name;
    }

    public ChatTemplateException Error(string message) => new(message, Current.At);
}
