using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.JsonSchemas.Automata;

/// <summary>From a pattern to a deterministic automaton, by the subset construction (M. Rabin, D. Scott, 1959).</summary>
internal sealed class Determinisation
{
    private readonly NfaBuilder _nfa;
    private readonly WorkBudget _budget;
    private readonly string _path;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<int[]> _sets = [];

    private Determinisation(NfaBuilder nfa, WorkBudget budget, string path) => (_nfa, _budget, _path) = (nfa, budget, path);

    /// <exception cref="JsonSchemaException">The automaton is too large.</exception>
    public static Automaton Of(Pattern pattern, WorkBudget budget, string path) =>
        new Determinisation(new NfaBuilder(pattern, budget, path), budget, path).Run();

    private Automaton Run()
    {
        var edges = new List<List<(int First, int Last, int Target)>>();
        Number([0]);
        for (var state = 0; state < _sets.Count; state++)
            edges.Add(EdgesOf(_sets[state]));
        return new Automaton(edges, [.. _sets.Select(set => set.Contains(_nfa.Final))]);
    }

    private int Number(IEnumerable<int> states)
    {
        var closed = Close(states);
        var key = new string(MemoryMarshal.Cast<int, char>(closed));
        if (_numbers.TryGetValue(key, out var number))
            return number;
        _sets.Add(closed);
        return _numbers[key] = _sets.Count - 1;
    }

    private int[] Close(IEnumerable<int> states)
    {
        var closed = new HashSet<int>(states);
        var open = new Stack<int>(closed);
        while (open.TryPop(out var state))
        {
            foreach (var next in _nfa.Empty[state])
            {
                if (closed.Add(next))
                    open.Push(next);
            }
        }

        _budget.Spend(closed.Count, _path);
        return [.. closed.Order()];
    }

    // Between two neighbouring borders of ranges all characters lead to the same states.
    private List<(int First, int Last, int Target)> EdgesOf(int[] set)
    {
        var ranges = set.SelectMany(state => _nfa.Edges[state])
            .SelectMany(edge => edge.Characters.Ranges.Select(range => (range.First, range.Last, edge.Target))).ToList();
        var borders = ranges.SelectMany(range => (int[])[range.First, range.Last + 1]).Distinct().Order().ToList();
        _budget.Spend((long)borders.Count * ranges.Count, _path);
        var edges = new List<(int First, int Last, int Target)>();
        for (var i = 0; i + 1 < borders.Count; i++)
        {
            var first = borders[i];
            var targets = ranges.Where(range => range.First <= first && first <= range.Last).Select(range => range.Target).ToList();
            if (targets.Count == 0)
                continue;
            var target = Number(targets);
            if (edges.Count > 0 && edges[^1].Target == target && edges[^1].Last == first - 1)
                edges[^1] = (edges[^1].First, borders[i + 1] - 1, target);
            else
                edges.Add((first, borders[i + 1] - 1, target));
        }

        return edges;
    }
}
