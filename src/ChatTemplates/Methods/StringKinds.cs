namespace LocalAI.Pipeline.ChatTemplates.Methods;

/// <summary>Python's questions about characters.</summary>
internal static class StringKinds
{
    public static bool All(string text, Func<Rune, bool> test)
    {
        foreach (Rune rune in text.EnumerateRunes())
            if (!test(rune)) return false;
        return text.Length > 0;
    }

    public static bool IsDecimal(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;

    /// <summary>Decimal digits and superscripts, circled and the like, which have a digit's value.</summary>
    public static bool IsDigit(Rune rune)
    {
        if (IsDecimal(rune)) return true;
        double value = Rune.GetNumericValue(rune);
        return Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherNumber && value is >= 0 and <= 9 && double.IsInteger(value);
    }

    public static bool IsNumeric(Rune rune) => Rune.GetNumericValue(rune) >= 0;

    public static bool IsLetter(Rune rune) => Rune.IsLetter(rune);

    public static bool IsSpace(Rune rune) => rune.IsBmp && CodePoints.IsSpace((char)rune.Value);

    public static bool HasCase(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
            if (Rune.IsUpper(rune) || Rune.IsLower(rune)) return true;
        return false;
    }

    public static bool IsUpper(string text) => HasCase(text) && !Any(text, Rune.IsLower);

    public static bool IsLower(string text) => HasCase(text) && !Any(text, Rune.IsUpper);

    public static bool IsIdentifier(string text) => text.Length > 0 && !char.IsDigit(text[0])
        && All(text, rune => Rune.IsLetterOrDigit(rune) || rune.Value == '_');

    private static bool Any(string text, Func<Rune, bool> test)
    {
        foreach (Rune rune in text.EnumerateRunes())
            if (test(rune)) return true;
        return false;
    }
}
