namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>
/// Python counts strings in code points, .NET in UTF-16 units. Text without surrogates, nearly all of it,
/// takes the direct way.
/// </summary>
internal static class CodePoints
{
    public static bool AreUnits(ReadOnlySpan<char> text) => !text.ContainsAnyInRange('\ud800', '\udfff');

    public static int Count(string text)
    {
        if (AreUnits(text)) return text.Length;
        int pairs = 0;
        for (int i = 1; i < text.Length; i++)
            if (char.IsSurrogatePair(text[i - 1], text[i])) pairs++;
        return text.Length - pairs;
    }

    /// <summary>Each code point as a string of one or two units; a lone surrogate stands for itself.</summary>
    public static IEnumerable<object> Split(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            int units = IsPair(text, i) ? 2 : 1;
            yield return text.Substring(i, units);
            i += units - 1;
        }
    }

    /// <summary>The unit at which a code point starts; the text's length for the one past the end.</summary>
    public static int UnitOf(string text, int codePoint)
    {
        if (AreUnits(text)) return Math.Min(codePoint, text.Length);
        int unit = 0;
        for (int i = 0; i < codePoint && unit < text.Length; i++) unit += IsPair(text, unit) ? 2 : 1;
        return unit;
    }

    public static int FromUnit(string text, int unit) =>
        AreUnits(text) ? unit : Count(text[..unit]);

    public static bool IsPair(string text, int unit) =>
        unit + 1 < text.Length && char.IsSurrogatePair(text[unit], text[unit + 1]);

    public static int Compare(string a, string b)
    {
        int shared = a.AsSpan().CommonPrefixLength(b);
        if (shared == a.Length || shared == b.Length) return a.Length.CompareTo(b.Length);
        char x = a[shared], y = b[shared];
        if (char.IsSurrogate(x) != char.IsSurrogate(y)) return char.IsSurrogate(x) ? 1 : -1;
        return x.CompareTo(y);
    }

    /// <summary>Python's whitespace, which counts the four separators U+001C to U+001F as well.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';
}
