namespace LocalAI.Pipeline.ChatTemplates.Methods;

/// <summary>Changes of case that keep the length, but for the German sharp s.</summary>
internal static class StringCasing
{
    public static string Upper(string text) =>
        text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal);

    public static string Lower(string text) => text.ToLowerInvariant();

    public static string Fold(string text) => Lower(text).Replace("ß", "ss", StringComparison.Ordinal);

    public static string Capitalize(string text)
    {
        if (text.Length == 0) return text;
        int first = CodePoints.IsPair(text, 0) ? 2 : 1;
        return text[..first].ToUpperInvariant() + text[first..].ToLowerInvariant();
    }

    /// <summary>Upper case at each letter that follows something without case.</summary>
    public static string Title(string text)
    {
        StringBuilder output = new(text.Length);
        bool inWord = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            output.Append((inWord ? Rune.ToLowerInvariant(rune) : Rune.ToUpperInvariant(rune)).ToString());
            inWord = Rune.IsUpper(rune) || Rune.IsLower(rune);
        }

        return output.ToString();
    }

    public static string Swap(string text)
    {
        StringBuilder output = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            output.Append(Rune.IsUpper(rune) ? Rune.ToLowerInvariant(rune).ToString() : Upper(rune.ToString()));
        return output.ToString();
    }
}
