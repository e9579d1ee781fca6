namespace LocalAI.Pipeline.Testing.Gbnf;

/// <summary>Follows a text through a grammar as llama.cpp does: a set of stacks, each with what may come next.</summary>
public sealed class GbnfRecogniser(GbnfGrammar grammar)
{
    // A grammar that needs more is too ambiguous for an engine as well.
    private const int MostStacks = 5_000;

    public bool Accepts(string text) => AcceptedLength(text, out var mayEnd) == text.Length && mayEnd;

    public int AcceptedLength(string text, out bool mayEnd)
    {
        var stacks = Expand([Stack.Of(grammar.Root, null)]);
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var next = Expand(stacks.Where(stack => stack is not null && stack.Element.Characters is not null && stack.Element.Accepts(rune.Value)).Select(stack => stack!.Rest));
            if (next.Count == 0)
                break;
            stacks = next;
            length += rune.Utf16SequenceLength;
        }

        mayEnd = stacks.Contains(null);
        return length;
    }

    // Null is the empty stack: the text may end.
    private HashSet<Stack?> Expand(IEnumerable<Stack?> stacks)
    {
        var expanded = new HashSet<Stack?>();
        var open = new Stack<Stack?>(stacks);
        var seen = new HashSet<Stack?>(open);
        while (open.TryPop(out var stack))
        {
            Assert.InRange(seen.Count, 0, MostStacks);
            if (stack is null || stack.Element.Characters is not null)
            {
                expanded.Add(stack);
                continue;
            }

            foreach (var alternative in grammar.Rules[stack.Element.Rule])
            {
                var next = alternative.AsEnumerable().Reverse().Aggregate(stack.Rest, (rest, element) => new Stack(element, rest));
                if (seen.Add(next))
                    open.Push(next);
            }
        }

        return expanded;
    }

    // Equality by value, with the hash kept, so that equal stacks are one.
    private sealed record Stack(GbnfElement Element, Stack? Rest)
    {
        private readonly int _hash = HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Element), Rest?.GetHashCode() ?? 0);

        public static Stack Of(int rule, Stack? rest) => new(new GbnfElement { Rule = rule }, rest);

        public bool Equals(Stack? other)
        {
            var (left, right) = (this, other);
            while (left is not null && right is not null && !ReferenceEquals(left, right))
            {
                if (left._hash != right._hash || !ReferenceEquals(left.Element, right.Element))
                    return false;
                (left, right) = (left.Rest, right.Rest);
            }

            return ReferenceEquals(left, right);
        }

        public override int GetHashCode() => _hash;
    }
}
