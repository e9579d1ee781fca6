namespace LocalAI.Pipeline.JsonSchemas.Automata;

/// <summary>
/// A deterministic automaton over Unicode scalar values: the set of texts that it accepts. State 0 starts; from every state the
/// end can be reached, but for a set that is empty.
/// </summary>
internal sealed class Automaton
{
    private readonly List<List<(int First, int Last, int Target)>> _edges;
    private readonly List<bool> _accepting;

    public Automaton(List<List<(int First, int Last, int Target)>> edges, List<bool> accepting)
    {
        (_edges, _accepting) = (edges, accepting);
        RemoveDeadEnds();
    }

    public bool IsEmpty { get; private set; }

    public int States => _edges.Count;

    public bool IsAccepting(int state) => _accepting[state];

    /// <summary>Sorted and disjoint.</summary>
    public IReadOnlyList<(int First, int Last, int Target)> Edges(int state) => _edges[state];

    public bool Matches(string text)
    {
        var state = IsEmpty ? -1 : 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (state < 0)
                return false;
            state = Next(state, rune.Value);
        }

        return state >= 0 && _accepting[state];
    }

    /// <summary>Those of the texts of which no beginning is one of them too.</summary>
    public Automaton First() =>
        new([.. _edges.Select((edges, state) => _accepting[state] ? [] : edges.ToList())], [.. _accepting]);

    /// <returns>-1 when no text goes on so.</returns>
    public int Next(int state, int codePoint)
    {
        foreach (var (first, last, target) in _edges[state])
        {
            if (codePoint >= first && codePoint <= last)
                return target;
        }

        return -1;
    }

    private void RemoveDeadEnds()
    {
        var live = LiveStates();
        IsEmpty = !live[0];
        foreach (var edges in _edges)
            edges.RemoveAll(edge => !live[edge.Target]);
    }

    private bool[] LiveStates()
    {
        var sources = new List<int>[_edges.Count];
        for (var state = 0; state < _edges.Count; state++)
        {
            foreach (var (_, _, target) in _edges[state])
                (sources[target] ??= []).Add(state);
        }

        var live = _accepting.ToArray();
        var open = new Stack<int>(Enumerable.Range(0, live.Length).Where(state => live[state]));
        while (open.TryPop(out var state))
        {
            foreach (var source in sources[state] ?? [])
            {
                if (live[source])
                    continue;
                live[source] = true;
                open.Push(source);
            }
        }

        return live;
    }
}
