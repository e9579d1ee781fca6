namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>Arguments between parentheses: by position, by name, and the starred forms.</summary>
internal sealed class ArgumentParser(ParseSession session, ExpressionParser expressions)
{
    public ArgumentList Parse()
    {
        session.Deepen();
        session.ExpectOperator("(");
        List<Expression> positional = [];
        List<(string, Expression)> named = [];
        Expression? star = null, doubleStar = null;
        bool needsComma = false;
        while (!session.Current.IsOperator(")"))
        {
            if (needsComma) session.ExpectOperator(",");
            if (needsComma && session.Current.IsOperator(")")) break;
            needsComma = true;
            if (star is null && doubleStar is null && session.SkipOperator("*"))
                star = expressions.Expression();
            else if (doubleStar is null && session.SkipOperator("**"))
                doubleStar = expressions.Expression();
            else if (doubleStar is null && IsNamed())
                named.Add(Named());
            else if (named.Count == 0 && star is null && doubleStar is null)
                positional.Add(expressions.Expression());
            else throw session.Error("invalid syntax for the arguments of a call");
        }

        session.ExpectOperator(")");
        session.Rise();
        return new ArgumentList([.. positional], [.. named], star, doubleStar);
    }

    private bool IsNamed() => session.Current.Kind == TokenKind.Name && session.Following.IsOperator("=");

    private (string Name, Expression Value) Named()
    {
        string name = session.Next().Text;
        session.Next();
        return (name, expressions.Expression());
    }
}
