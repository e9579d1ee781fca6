namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>A constant, the dot, a variable or a pipeline in parentheses, followed by field names.</summary>
internal sealed class GoOperand(Position at, object? constant, string? variable, GoPipeline? nested, string[] fields)
{
    public object Evaluate(RenderState s, GoScope scope)
    {
        s.Enter(at);
        object value = constant
            ?? (variable is not null ? scope.Get(s, variable) : nested is not null ? nested.Evaluate(s, scope) : scope.Dot);
        foreach (string field in fields) value = Field(s, value, field);
        s.Leave();
        return value;
    }

    /// <summary>
    /// JSON has the names of Go's fields in lower case, so both spellings find an entry. A call's <c>FunctionCall</c> is <c>function</c> there.
    /// </summary>
    private static object Field(RenderState s, object owner, string name)
    {
        if (owner is NoneValue) return owner;
        if (owner is not DictValue dict) throw s.Error($"can't evaluate field {name} in {GoValues.Text(s, owner)}");
        if (dict.TryGet(name, out object value)) return value;
        string camel = name == "FunctionCall" ? "function" : char.ToLowerInvariant(name[0]) + name[1..];
        // As in ID.
        return dict.TryGet(camel, out value) || dict.TryGet(StringCasing.Lower(name), out value) ? value : NoneValue.Instance;
    }
}
