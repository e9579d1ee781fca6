using System.Text;
using LocalAI.Pipeline.JsonSchemas.Automata;

namespace LocalAI.Pipeline.JsonSchemas.Writing;

/// <summary>
/// Writes an automaton as rules, one a state, where states that only one leads to are written in place. Every rule refers to
/// others only at its end, so llama.cpp follows it with one small stack.
/// </summary>
/// <param name="builder">Takes the rules.</param>
/// <param name="automaton">Not empty.</param>
/// <param name="terminal">A set of characters as GBNF.</param>
/// <param name="end">What follows the text.</param>
/// <param name="newName">A fresh rule name.</param>
internal sealed class AutomatonWriter(GrammarBuilder builder, Automaton automaton, Func<CodePoints, string> terminal, string end, Func<string> newName)
{
    private readonly int[] _sources = new int[automaton.States];
    private readonly Dictionary<int, string> _names = [];
    private readonly Queue<int> _open = new();

    /// <summary>The name of the rule for the whole text.</summary>
    public string Write()
    {
        for (var state = 0; state < automaton.States; state++)
        {
            foreach (var target in Moves(state).Select(move => move.Target))
                _sources[target]++;
        }

        var name = NameOf(0);
        while (_open.TryDequeue(out var state))
            builder.Add(_names[state], Body(state));
        return name;
    }

    private string NameOf(int state)
    {
        if (_names.TryGetValue(state, out var known))
            return known;
        _open.Enqueue(state);
        return _names[state] = newName();
    }

    private string Body(int state)
    {
        var alternatives = Moves(state).Select(move => Path(move.Characters, move.Target)).ToList();
        if (automaton.IsAccepting(state))
            alternatives.Add(end);
        return string.Join(" | ", alternatives);
    }

    private string Path(CodePoints characters, int target)
    {
        var text = new StringBuilder(terminal(characters));
        while (IsInPlace(target))
        {
            var (next, following) = Moves(target)[0];
            text.Append(' ').Append(terminal(next));
            target = following;
        }

        var isEnd = automaton.IsAccepting(target) && automaton.Edges(target).Count == 0;
        return text.Append(' ').Append(isEnd ? end : NameOf(target)).ToString();
    }

    // Nothing else leads there, so it lies on no cycle that this does not begin with.
    private bool IsInPlace(int state) =>
        state != 0 && _sources[state] == 1 && !automaton.IsAccepting(state) && Moves(state).Count == 1 && !_names.ContainsKey(state);

    private List<(CodePoints Characters, int Target)> Moves(int state) => [.. automaton.Edges(state)
        .GroupBy(edge => edge.Target).Select(edges => (CodePoints.Of(edges.Select(edge => (edge.First, edge.Last))), edges.Key))];
}
