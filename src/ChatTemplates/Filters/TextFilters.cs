namespace LocalAI.Pipeline.ChatTemplates.Filters;

/// <summary>Filters that change a text.</summary>
internal static class TextFilters
{
    public static Dictionary<string, FilterBody> All { get; } = new(StringComparer.Ordinal)
    {
        ["trim"] = Trim,
        ["upper"] = (s, x, a) => Changed(s, x, a, StringCasing.Upper),
        ["lower"] = (s, x, a) => Changed(s, x, a, StringCasing.Lower),
        ["capitalize"] = (s, x, a) => Changed(s, x, a, StringCasing.Capitalize),
        ["title"] = (s, x, a) => Changed(s, x, a, Title),
        ["replace"] = Replace,
        ["string"] = (s, x, a) => Changed(s, x, a, text => text),
        ["safe"] = (s, x, a) => Changed(s, x, a, text => text),
        ["e"] = (s, x, a) => Escape(s, Texts.Of(s, x)),
        ["escape"] = (s, x, a) => Escape(s, Texts.Of(s, x)),
        ["forceescape"] = (s, x, a) => Escape(s, Texts.Of(s, x)),
        ["format"] = Format,
        ["wordcount"] = WordCount,
        ["urlencode"] = UrlEncode,
    };

    private static string Trim(RenderState s, object x, Arguments a)
    {
        object? characters = a.Bind(s, "trim", 0, "chars")[0];
        return StringTrimming.Strip(s, Texts.Of(s, x), new Arguments(characters is null ? [] : [characters], []), true, true);
    }

    private static string Changed(RenderState s, object x, Arguments a, Func<string, string> change)
    {
        a.Exactly(s, "the filter", 0);
        string text = Texts.Of(s, x);
        s.ChargeText(text.Length);
        return s.Built(change(text));
    }

    /// <summary>Unlike str.title: a word starts after blanks, hyphens and opening brackets only.</summary>
    private static string Title(string text)
    {
        StringBuilder output = new(text.Length);
        bool starts = true;
        foreach (Rune rune in text.EnumerateRunes())
        {
            output.Append((starts ? Rune.ToUpperInvariant(rune) : Rune.ToLowerInvariant(rune)).ToString());
            starts = rune.Value is '-' or '(' or '{' or '[' or '<' || StringKinds.IsSpace(rune);
        }

        return output.ToString();
    }

    private static string Replace(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "replace", 2, "old", "new", "count");
        int most = bound[2] is null or NoneValue ? -1 : Numbers.Int(s, bound[2]!, "count");
        return StringBuilding.Replace(s, Texts.Of(s, x), Texts.Of(s, bound[0]!), Texts.Of(s, bound[1]!), most);
    }

    private static string Escape(RenderState s, string text)
    {
        s.ReserveText(text.Length);
        return s.Built(text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal)
            .Replace("\"", "&#34;", StringComparison.Ordinal));
    }

    private static string Format(RenderState s, object x, Arguments a)
    {
        if (a.Named.Length > 0 && a.Positional.Length > 0)
            throw s.Error("format takes arguments by position or by name, not both");
        if (a.Named.Length == 0) return PercentFormat.Apply(s, Texts.Of(s, x), new TupleValue(a.Positional));
        DictValue named = new();
        foreach ((string name, object value) in a.Named) named.Set(s, name, value);
        return PercentFormat.Apply(s, Texts.Of(s, x), named);
    }

    private static object WordCount(RenderState s, object x, Arguments a)
    {
        string text = Texts.Of(s, x);
        s.ChargeText(text.Length);
        long words = 0;
        bool inWord = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool letter = rune.Value == '_' || Rune.IsLetterOrDigit(rune);
            if (letter && !inWord) words++;
            inWord = letter;
        }

        return Box.Of(words);
    }

    private static string UrlEncode(RenderState s, object x, Arguments a)
    {
        if (x is DictValue or ListValue or TupleValue) throw s.Error("urlencode of a collection is not supported");
        string text = Texts.Of(s, x);
        s.ReserveText(text.Length * 3L);
        StringBuilder output = new();
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            char c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '~' or '/') output.Append(c);
            else output.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return s.Built(output.ToString());
    }
}
