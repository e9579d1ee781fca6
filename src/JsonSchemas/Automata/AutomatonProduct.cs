namespace LocalAI.Pipeline.JsonSchemas.Automata;

/// <summary>Sets of texts made from others.</summary>
internal static class AutomatonProduct
{
    /// <summary>The texts that both accept.</summary>
    public static Automaton Intersect(Automaton left, Automaton right, WorkBudget budget, string path)
    {
        var numbers = new Dictionary<(int Left, int Right), int> { [(0, 0)] = 0 };
        var pairs = new List<(int Left, int Right)> { (0, 0) };
        var edges = new List<List<(int First, int Last, int Target)>>();
        for (var state = 0; state < pairs.Count; state++)
        {
            var outgoing = new List<(int First, int Last, int Target)>();
            foreach (var a in left.Edges(pairs[state].Left))
            {
                foreach (var b in right.Edges(pairs[state].Right))
                {
                    budget.Spend(2, path);
                    var (first, last) = (Math.Max(a.First, b.First), Math.Min(a.Last, b.Last));
                    if (first <= last)
                        outgoing.Add((first, last, Number((a.Target, b.Target), numbers, pairs)));
                }
            }

            edges.Add(outgoing);
        }

        return new Automaton(edges, [.. pairs.Select(pair => left.IsAccepting(pair.Left) && right.IsAccepting(pair.Right))]);
    }

    /// <summary>The texts with this many characters.</summary>
    public static Automaton WithLength(Automaton texts, int least, int? most, WorkBudget budget, string path)
    {
        if (least == 0 && most is null)
            return texts;
        return Intersect(texts, Determinisation.Of(Pattern.Repeat(Pattern.Set(CodePoints.All), least, most), budget, path), budget, path);
    }

    /// <summary>The texts of an alphabet that the other does not accept.</summary>
    public static Automaton AllBut(Pattern texts, CodePoints alphabet, WorkBudget budget, string path)
    {
        var known = Determinisation.Of(texts, budget, path);
        var other = known.States;
        var edges = new List<List<(int First, int Last, int Target)>>();
        for (var state = 0; state < known.States; state++)
        {
            var taken = CodePoints.Of(known.Edges(state).Select(edge => (edge.First, edge.Last)));
            edges.Add([.. known.Edges(state).Where(edge => alphabet.Contains(edge.First)), .. To(alphabet.Intersect(taken.Complement()), other)]);
            budget.Spend(edges[^1].Count, path);
        }

        edges.Add([.. To(alphabet, other)]);
        return new Automaton(edges, [.. Enumerable.Range(0, known.States).Select(state => !known.IsAccepting(state)), true]);
    }

    private static int Number((int Left, int Right) pair, Dictionary<(int Left, int Right), int> numbers, List<(int Left, int Right)> pairs)
    {
        if (numbers.TryGetValue(pair, out var number))
            return number;
        pairs.Add(pair);
        return numbers[pair] = pairs.Count - 1;
    }

    private static IEnumerable<(int First, int Last, int Target)> To(CodePoints characters, int target) =>
        characters.Ranges.Select(range => (range.First, range.Last, target));
}
