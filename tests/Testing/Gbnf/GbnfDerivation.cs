using System.Text;

namespace LocalAI.Pipeline.Testing.Gbnf;

/// <summary>Writes random texts that a grammar accepts.</summary>
public sealed class GbnfDerivation
{
    private const int Impossible = int.MaxValue / 4;

    private readonly GbnfGrammar _grammar;
    private readonly Random _random;

    // The fewest characters that each rule can become.
    private readonly int[] _shortest;

    public GbnfDerivation(GbnfGrammar grammar, Random random)
    {
        (_grammar, _random) = (grammar, random);
        _shortest = [.. grammar.Rules.Select(_ => Impossible)];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var rule = 0; rule < _shortest.Length; rule++)
            {
                var shortest = grammar.Rules[rule].Min(Shortest);
                (changed, _shortest[rule]) = (changed || shortest < _shortest[rule], shortest);
            }
        }

        // A rule that can never end is a dead end for a model.
        Assert.All(_shortest, length => Assert.InRange(length, 0, Impossible - 1));
    }

    /// <param name="length">Characters after which the shortest way to the end is taken.</param>
    public string Next(int length)
    {
        var text = new StringBuilder();
        var open = new Stack<GbnfElement>([new GbnfElement { Rule = _grammar.Root }]);
        while (open.TryPop(out var element))
        {
            if (element.Characters is { } ranges)
            {
                text.Append(Pick(ranges));
                continue;
            }

            var alternatives = _grammar.Rules[element.Rule];
            var shortest = alternatives.Min(Shortest);
            var possible = text.Length < length ? alternatives : alternatives.FindAll(alternative => Shortest(alternative) == shortest);
            foreach (var next in possible[_random.Next(possible.Count)].AsEnumerable().Reverse())
                open.Push(next);
        }

        return text.ToString();
    }

    private int Shortest(List<GbnfElement> alternative) =>
        (int)Math.Min(Impossible, alternative.Sum(element => element.Characters is not null ? 1L : _shortest[element.Rule]));

    private Rune Pick(IReadOnlyList<(int First, int Last)> ranges)
    {
        while (true)
        {
            var (first, last) = ranges[_random.Next(ranges.Count)];
            // Small characters most of the time; llama.cpp sees no lone surrogates either.
            var width = _random.Next(4) == 0 ? last - first : Math.Min(last - first, 90);
            if (Rune.TryCreate(first + _random.Next(width + 1), out var rune))
                return rune;
        }
    }
}
