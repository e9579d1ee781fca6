using System.Text;

namespace LocalAI.Pipeline.Backends.Llama.Grammars;

/// <summary>The words that put a lazy grammar into force; the grammar begins with the word.</summary>
internal sealed class GrammarTriggers
{
    // More are a mistake: a model family has one or two.
    private const int Limit = 64;

    private readonly byte[][] _words;

    /// <exception cref="GrammarException">There are none, too many, or an empty one.</exception>
    internal GrammarTriggers(IReadOnlyList<string> words)
    {
        if (words.Count is 0 or > Limit)
            throw new GrammarException($"a lazy grammar has 1 to {Limit} triggers, not {words.Count}");
        if (words.Any(word => word.Length == 0))
            throw new GrammarException("a grammar trigger is empty");
        _words = [.. words.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Where the grammar begins, or -1.</summary>
    /// <param name="text">All of the text so far, in UTF-8.</param>
    /// <param name="known">How much of it was searched before.</param>
    internal int Find(ReadOnlySpan<byte> text, int known)
    {
        int first = -1;
        foreach (byte[] word in _words)
        {
            int from = Math.Max(0, known - word.Length + 1);
            int at = text[from..].IndexOf(word);
            if (at >= 0 && (first < 0 || from + at < first))
                first = from + at;
        }
        return first;
    }
}
