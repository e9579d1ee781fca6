namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>A function with its arguments, or a single operand.</summary>
internal sealed class GoCommand(Position at, string? function, GoOperand[] operands)
{
    public object Evaluate(RenderState s, GoScope scope, object? piped)
    {
        s.Enter(at);
        object value;
        if (function is null)
        {
            if (piped is not null || operands.Length != 1) throw s.Error("can't give arguments to a non-function");
            value = operands[0].Evaluate(s, scope);
        }
        else if (function is "and" or "or")
        {
            value = Logic(s, scope, piped);
        }
        else
        {
            List<object> arguments = [.. operands.Select(operand => operand.Evaluate(s, scope))];
            if (piped is not null) arguments.Add(piped);
            GoFunction body = GoFunctions.Find(function) ?? throw s.Error($"function \"{function}\" not defined");
            value = body(s, [.. arguments]);
        }

        s.Leave();
        return value;
    }

    /// <summary>Stops at the first operand that decides, as Go does.</summary>
    private object Logic(RenderState s, GoScope scope, object? piped)
    {
        object? value = null;
        foreach (GoOperand operand in operands)
        {
            value = operand.Evaluate(s, scope);
            if (GoValues.IsTrue(value) == (function == "or")) return value;
        }

        return piped ?? value ?? throw s.Error($"{function} needs an argument");
    }
}
