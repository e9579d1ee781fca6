using System.Text;
using System.Text.RegularExpressions;

namespace LocalAI.Pipeline.Backends.Llama.Grammars;

/// <summary>
/// What puts a lazy grammar into force: words, or patterns of which the grammar begins at the first group. The text is searched
/// as bytes (as Latin-1 characters for patterns), so that places are exact whatever the text holds.
/// </summary>
internal sealed class GrammarTriggers
{
    // More are a mistake: a model family has one or two.
    private const int Limit = 64;

    private readonly byte[][] _words;
    private readonly Regex[] _patterns;

    /// <exception cref="GrammarException">A pattern does not parse or needs backtracking.</exception>
    internal GrammarTriggers(IReadOnlyList<string> words, IReadOnlyList<string> patterns)
    {
        if (words.Count + patterns.Count > Limit)
            throw new GrammarException($"{words.Count + patterns.Count} grammar triggers are more than {Limit}");
        if (words.Count + patterns.Count == 0)
            throw new GrammarException("a lazy grammar needs a trigger");
        if (words.Any(word => word.Length == 0))
            throw new GrammarException("a grammar trigger is empty");
        _words = [.. words.Select(Encoding.UTF8.GetBytes)];
        _patterns = [.. patterns.Select(Compile)];
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
        return first < 0 && _patterns.Length > 0 ? FindPattern(Encoding.Latin1.GetString(text)) : first;
    }

    private int FindPattern(string text)
    {
        foreach (Regex pattern in _patterns)
        {
            Match match = pattern.Match(text);
            if (match.Success)
                return match.Groups.Cast<Group>().Skip(1).FirstOrDefault(group => group.Success)?.Index ?? match.Index;
        }
        return -1;
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            // Linear in the text, whatever the pattern.
            return new Regex(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(pattern)), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new GrammarException($"the grammar trigger '{pattern}' is not a usable pattern: {e.Message}");
        }
    }
}
