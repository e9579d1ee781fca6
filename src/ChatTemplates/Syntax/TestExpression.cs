namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>value is test(arguments)</c>.</summary>
internal sealed class TestExpression(
    Position at, Expression value, string name, ArgumentList arguments) : Expression(at)
{
    private readonly PredicateBody? _test = PredicateTable.Find(name);

    protected override object Compute(RenderState s)
    {
        object subject = value.Evaluate(s);
        if (_test is null) throw s.Error($"no test named '{name}'");
        return Box.Of(_test(s, subject, arguments.Evaluate(s)));
    }
}
