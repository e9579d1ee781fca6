namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>What the dot is, and the variables in reach. <c>$</c> is always the whole input.</summary>
internal sealed class GoScope
{
    private readonly GoScope? _outer;
    private readonly Dictionary<string, object> _variables = new(StringComparer.Ordinal);

    public GoScope(object root)
    {
        Dot = root;
        _variables["$"] = root;
    }

    public GoScope(GoScope outer, object dot)
    {
        _outer = outer;
        Dot = dot;
    }

    public object Dot { get; }

    public void Declare(string name, object value) => _variables[name] = value;

    public object Get(RenderState s, string name)
    {
        for (GoScope? scope = this; scope is not null; scope = scope._outer)
            if (scope._variables.TryGetValue(name, out object? value)) return value;
        throw s.Error($"undefined variable {name}");
    }

    public void Assign(RenderState s, string name, object value)
    {
        for (GoScope? scope = this; scope is not null; scope = scope._outer)
        {
            if (!scope._variables.ContainsKey(name)) continue;
            scope._variables[name] = value;
            return;
        }

        throw s.Error($"undefined variable {name}");
    }
}
