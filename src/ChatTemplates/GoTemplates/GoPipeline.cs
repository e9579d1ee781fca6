namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>Commands with bars between: each gets the value before it as its last argument.</summary>
internal sealed class GoPipeline(Position at, string[] variables, bool declares, GoCommand[] commands)
{
    /// <summary>The variables it sets; none for a plain pipeline.</summary>
    public string[] Variables { get; } = variables;

    public object Evaluate(RenderState s, GoScope scope)
    {
        object value = EvaluateValue(s, scope);
        if (Variables.Length == 0) return value;
        if (Variables.Length > 1) throw s.Error("two variables only go with range");
        if (declares) scope.Declare(Variables[0], value);
        else scope.Assign(s, Variables[0], value);
        return value;
    }

    public object EvaluateValue(RenderState s, GoScope scope)
    {
        s.Enter(at);
        object? value = null;
        foreach (GoCommand command in commands) value = command.Evaluate(s, scope, value);
        s.Leave();
        return value!;
    }
}
