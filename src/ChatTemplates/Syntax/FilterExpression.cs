namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>value | filter(arguments)</c>. An unknown filter fails when it is reached, as in a branch of Jinja's.</summary>
internal sealed class FilterExpression(
    Position at, Expression? value, string name, ArgumentList arguments) : Expression(at)
{
    private readonly FilterBody? _filter = FilterTable.Find(name);

    /// <summary>For filter blocks: the value comes from the block's body.</summary>
    public object Apply(RenderState s, object input)
    {
        if (_filter is null) throw s.Error($"no filter named '{name}'");
        return _filter(s, input, arguments.Evaluate(s));
    }

    /// <summary>The chain of a filter block starts with the body's text.</summary>
    public object ApplyChain(RenderState s, object input) =>
        Apply(s, value is FilterExpression inner ? inner.ApplyChain(s, input) : input);

    protected override object Compute(RenderState s) => Apply(s, value!.Evaluate(s));
}
