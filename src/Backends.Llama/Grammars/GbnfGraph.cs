namespace LocalAI.Pipeline.Backends.Llama.Grammars;

/// <summary>
/// Which rules a rule can begin with. A cycle among them makes llama.cpp's stack grow without end when something follows the
/// reference anywhere in it (rule ::= rule "x"); a cycle of last references only (rule ::= maybe-empty rule) does no harm.
/// Cycles are found as strongly connected components (R. Tarjan, 1972).
/// </summary>
internal sealed class GbnfGraph
{
    // llama.cpp recurses along these references; each level is a stack frame.
    private const int ChainLimit = 1000;

    // It visits rules again on every path to them; this many visits take some 20 ms.
    private const long WalkLimit = 2_000_000;

    private readonly List<GbnfRule> _rules;
    private readonly bool[] _nullable;
    private readonly int[] _index;
    private readonly int[] _low;
    private readonly int[] _component;
    private readonly long[] _visits;
    private readonly Stack<int> _open = new();
    private int _next = 1;
    private int _components;

    internal GbnfGraph(List<GbnfRule> rules)
    {
        _rules = rules;
        _nullable = new bool[rules.Count];
        _index = new int[rules.Count];
        _low = new int[rules.Count];
        _component = new int[rules.Count];
        _visits = new long[rules.Count];
        FindNullable();
    }

    /// <exception cref="GrammarException">Left recursion, or more paths than llama.cpp can walk.</exception>
    internal void Check()
    {
        for (int rule = 0; rule < _rules.Count; rule++)
        {
            if (_index[rule] == 0)
                Visit(rule, 0);
        }
    }

    private void FindNullable()
    {
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int rule = _rules.Count - 1; rule >= 0; rule--)
            {
                if (_nullable[rule] || !_rules[rule].Alternatives.Exists(alternative => alternative.TrueForAll(IsNullable)))
                    continue;
                _nullable[rule] = true;
                changed = true;
            }
        }
    }

    private bool IsNullable(int element) => element != GbnfRule.Terminal && _nullable[element];

    private IEnumerable<(int Rule, bool IsLast)> Leading(int rule)
    {
        foreach (List<int> alternative in _rules[rule].Alternatives)
        {
            for (int i = 0; i < alternative.Count && alternative[i] != GbnfRule.Terminal; i++)
            {
                yield return (alternative[i], i == alternative.Count - 1);
                if (!_nullable[alternative[i]])
                    break;
            }
        }
    }

    private void Visit(int rule, int depth)
    {
        if (depth > ChainLimit)
            throw new GrammarException($"more than {ChainLimit} rules begin with one another, '{_rules[rule].Name}' among them");
        _index[rule] = _low[rule] = _next++;
        _open.Push(rule);
        foreach ((int next, _) in Leading(rule))
        {
            if (_index[next] == 0)
                Visit(next, depth + 1);
            if (_component[next] == 0)
                _low[rule] = Math.Min(_low[rule], _low[next]);
        }
        if (_low[rule] == _index[rule])
            CloseComponent(rule);
    }

    private void CloseComponent(int root)
    {
        _components++;
        var members = new List<int>();
        do
        {
            members.Add(_open.Peek());
            _component[_open.Peek()] = _components;
        }
        while (_open.Pop() != root);
        members.ForEach(CheckMember);
        long visits = members.Sum(member => Leading(member).Where(edge => _component[edge.Rule] != _components).Sum(edge => _visits[edge.Rule]) + 1);
        if (visits > WalkLimit)
            throw new GrammarException($"what rule '{_rules[root].Name}' begins with branches into more than {WalkLimit} paths");
        members.ForEach(member => _visits[member] = visits);
    }

    private void CheckMember(int rule)
    {
        if (Leading(rule).Any(edge => !edge.IsLast && _component[edge.Rule] == _components))
            throw new GrammarException($"rule '{_rules[rule].Name}' is left-recursive");
    }
}
