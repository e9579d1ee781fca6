namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>What stands left of an assignment or after <c>for</c>.</summary>
internal sealed class TargetParser(ParseSession session)
{
    private static readonly HashSet<string> Reserved =
        new(["true", "false", "none", "True", "False", "None"], StringComparer.Ordinal);

    /// <summary>One target or several with commas between.</summary>
    public Target Parse(bool mayBeNamespace)
    {
        if (mayBeNamespace && session.Current.Kind == TokenKind.Name && session.Following.IsOperator("."))
            return Namespace();
        List<Target> targets = [];
        bool isTuple = false;
        while (!AtEnd())
        {
            targets.Add(One());
            if (!session.SkipOperator(",")) break;
            isTuple = true;
        }

        if (targets.Count == 0) throw session.Error($"expected a name to assign to, got {session.Current.Describe()}");
        return isTuple ? new TupleTarget([.. targets]) : targets[0];
    }

    public string Name()
    {
        Token token = session.Expect(TokenKind.Name, "a name to assign to");
        if (Reserved.Contains(token.Text))
            throw new ChatTemplateException($"cannot assign to '{token.Text}'", token.At);
        return token.Text;
    }

    private bool AtEnd() => session.Current.Kind is TokenKind.BlockEnd or TokenKind.VariableEnd
        || session.Current.IsOperator(")") || session.Current.IsOperator("=") || session.Current.IsName("in");

    private Target One()
    {
        if (!session.SkipOperator("(")) return new NameTarget(Name());
        session.Deepen();
        Target inner = Parse(mayBeNamespace: false);
        session.ExpectOperator(")");
        session.Rise();
        return inner;
    }

    private NamespaceTarget Namespace()
    {
        NameExpression space = session.Load(session.Next());
        session.Next();
        return new NamespaceTarget(space, session.Expect(TokenKind.Name, "an attribute name").Text);
    }
}
