namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>Pipelines, commands and operands.</summary>
internal sealed class GoPipelineParser(ParseSession session)
{
    public GoPipeline Pipeline()
    {
        session.Deepen();
        Position at = session.Current.At;
        string[] variables = Variables(out bool declares);
        List<GoCommand> commands = [Command()];
        while (session.SkipOperator("|")) commands.Add(Command());
        session.Rise();
        return new GoPipeline(at, variables, declares, [.. commands]);
    }

    private string[] Variables(out bool declares)
    {
        declares = session.Following.IsOperator(":=") || session.Following.IsOperator(",");
        if (!IsVariable(session.Current) || !(declares || session.Following.IsOperator("="))) return [];
        List<string> names = [session.Next().Text];
        if (session.SkipOperator(",")) names.Add(session.Expect(TokenKind.Name, "a variable").Text);
        declares = session.Current.IsOperator(":=");
        if (!declares) session.ExpectOperator("=");
        else session.Next();
        if (names.Exists(name => !name.StartsWith('$') || name.Contains('.', StringComparison.Ordinal)))
            throw session.Error("a variable starts with $");
        return [.. names];
    }

    private static bool IsVariable(Token token) =>
        token.Kind == TokenKind.Name && token.Text.StartsWith('$') && !token.Text.Contains('.', StringComparison.Ordinal);

    private GoCommand Command()
    {
        Token first = session.Current;
        string? function = null;
        if (first.Kind == TokenKind.Name && char.IsLetter(first.Text[0]) && Constant(first) is null)
            function = session.Next().Text;
        List<GoOperand> operands = [];
        while (AtOperand()) operands.Add(Operand());
        if (function is null && operands.Count == 0) throw session.Error($"missing value, got {session.Current.Describe()}");
        return new GoCommand(first.At, function, [.. operands]);
    }

    private bool AtOperand() => session.Current.Kind is TokenKind.Name or TokenKind.String or TokenKind.Integer
        || session.Current.IsOperator("(");

    private GoOperand Operand()
    {
        Token token = session.Next();
        switch (token.Kind)
        {
            case TokenKind.String:
                return new GoOperand(token.At, token.Text, null, null, []);
            case TokenKind.Integer:
                return new GoOperand(token.At, Number(token), null, null, []);
            case TokenKind.Operator:
                GoPipeline nested = Pipeline();
                session.ExpectOperator(")");
                bool field = session.Current.Kind == TokenKind.Name && session.Current.Text is { Length: > 1 } text && text[0] == '.';
                return new GoOperand(token.At, null, null, nested, field ? Fields(session.Next()) : []);
            case TokenKind.Name when Constant(token) is { } constant:
                return new GoOperand(token.At, constant, null, null, []);
            case TokenKind.Name when token.Text[0] == '.':
                return new GoOperand(token.At, null, null, null, Fields(token));
            case TokenKind.Name when token.Text[0] == '$':
                int dot = token.Text.IndexOf('.', StringComparison.Ordinal);
                string name = dot < 0 ? token.Text : token.Text[..dot];
                return new GoOperand(token.At, null, name, null, dot < 0 ? [] : Fields(token with { Text = token.Text[dot..] }));
            default:
                // A function without arguments may stand as an argument.
                return new GoOperand(token.At, null, null, new GoPipeline(token.At, [], false, [new GoCommand(token.At, token.Text, [])]), []);
        }
    }

    private static object? Constant(Token token) => token.Text switch
    {
        "true" => Box.True,
        "false" => Box.False,
        "nil" => NoneValue.Instance,
        _ => null,
    };

    private static object Number(Token token)
    {
        if (long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)) return Box.Of(whole);
        return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real)
            ? real
            : throw new ChatTemplateException($"bad number '{token.Text}'", token.At);
    }

    private static string[] Fields(Token token)
    {
        if (token.Text == ".") return [];
        string[] names = token.Text[1..].Split('.');
        return Array.TrueForAll(names, name => name.Length > 0)
            ? names
            : throw new ChatTemplateException($"bad field '{token.Text}'", token.At);
    }
}
