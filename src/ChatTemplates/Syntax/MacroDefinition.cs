namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>The parameters and the body of a macro or of a call block.</summary>
internal sealed class MacroDefinition(
    string name, string[] parameters, Expression[] defaults, Statement[] body, Scope scope)
{
    public string Name { get; } = name;
    public string[] Parameters { get; } = parameters;

    /// <summary>Of the last parameters.</summary>
    public Expression[] Defaults { get; } = defaults;

    public Statement[] Body { get; } = body;
    public Scope Scope { get; } = scope;
}
