namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>Unpacks a sequence of exactly as many values.</summary>
internal sealed class TupleTarget(Target[] targets) : Target
{
    public override void Bind(Scope scope)
    {
        foreach (Target target in targets) target.Bind(scope);
    }

    public override void Assign(RenderState s, object value)
    {
        if (value is Undefined or NoneValue || !Iteration.TryItems(value, out IEnumerable<object> source))
            throw s.Error($"cannot unpack {TypeNames.Of(value)}");
        int count = 0;
        foreach (object item in source)
        {
            if (count == targets.Length) throw s.Error($"too many values to unpack (expected {targets.Length})");
            targets[count++].Assign(s, item);
        }

        if (count < targets.Length)
            throw s.Error($"not enough values to unpack (expected {targets.Length}, got {count})");
    }
}
