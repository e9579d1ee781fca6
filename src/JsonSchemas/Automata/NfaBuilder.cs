namespace LocalAI.Pipeline.JsonSchemas.Automata;

/// <summary>A pattern as a nondeterministic automaton (K. Thompson, 1968). State 0 starts, <see cref="Final"/> accepts.</summary>
internal sealed class NfaBuilder
{
    private readonly WorkBudget _budget;
    private readonly string _path;

    public NfaBuilder(Pattern pattern, WorkBudget budget, string path)
    {
        (_budget, _path) = (budget, path);
        Final = Add(pattern, NewState());
    }

    public List<List<int>> Empty { get; } = [];

    public List<List<(CodePoints Characters, int Target)>> Edges { get; } = [];

    public int Final { get; }

    private int NewState()
    {
        // Also bounds nested repetitions, which are written out here.
        _budget.Spend(10, _path);
        Empty.Add([]);
        Edges.Add([]);
        return Empty.Count - 1;
    }

    private int Add(Pattern pattern, int from)
    {
        switch (pattern.Kind)
        {
            case PatternKind.Set:
                var next = NewState();
                Edges[from].Add((pattern.Characters!, next));
                return next;
            case PatternKind.Sequence:
                return pattern.Parts.Aggregate(from, (at, part) => Add(part, at));
            case PatternKind.Choice:
                return AddChoice(pattern.Parts, from);
            default:
                return AddRepeat(pattern, from);
        }
    }

    private int AddChoice(IReadOnlyList<Pattern> parts, int from)
    {
        var end = NewState();
        foreach (var part in parts)
        {
            var start = NewState();
            Empty[from].Add(start);
            Empty[Add(part, start)].Add(end);
        }

        return end;
    }

    private int AddRepeat(Pattern repeat, int from)
    {
        var part = repeat.Parts[0];
        var at = from;
        for (var i = 0; i < repeat.Least; i++)
            at = Add(part, at);
        var end = NewState();
        if (repeat.Most is not { } most)
        {
            var loop = NewState();
            Empty[at].Add(loop);
            Empty[Add(part, loop)].Add(loop);
            Empty[loop].Add(end);
            return end;
        }

        for (var i = repeat.Least; i < most; i++)
        {
            Empty[at].Add(end);
            at = Add(part, at);
        }

        Empty[at].Add(end);
        return end;
    }
}
