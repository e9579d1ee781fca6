namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>A variable: the innermost scope that has assigned it, else what the caller passed, else undefined.</summary>
internal sealed class NameExpression(Position at, string name, Scope scope) : Expression(at)
{
    private readonly record struct Candidate(int Hops, int Slot);

    private Candidate[] _candidates = [];

    public string Name { get; } = name;

    /// <summary>Call once parsing has seen every assignment.</summary>
    public void Resolve()
    {
        List<Candidate> found = [];
        int hops = 0;
        for (Scope? at = scope; at is not null; at = at.Parent, hops++)
            if (at.TryFind(Name, out int slot)) found.Add(new Candidate(hops, slot));
        _candidates = [.. found];
    }

    protected override object Compute(RenderState s)
    {
        Frame? frame = s.Frame;
        int walked = 0;
        foreach (Candidate candidate in _candidates)
        {
            for (; walked < candidate.Hops; walked++) frame = frame!.Parent;
            if (frame!.Slots[candidate.Slot] is { } value) return value;
        }

        return s.Variables.TryGetValue(Name, out object? passed) ? passed : new Undefined(Name);
    }
}
