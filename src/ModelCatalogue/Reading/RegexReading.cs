using System.Text.RegularExpressions;

namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>
/// Reads regular expressions. They are checked with the engine that cannot backtrack, which is the one that may be let
/// loose on a model's answers, and knows what LocalAI's (Go's) knows.
/// </summary>
internal static partial class RegexReading
{
    public static IReadOnlyList<string> Patterns(ModelSection section, string key)
    {
        var patterns = section.Texts(key).Select(Translated).ToList();
        foreach (var pattern in patterns)
        {
            Check(section, key, pattern);
        }

        return patterns;
    }

    public static IReadOnlyList<TextReplacement> Replacements(ModelSection section, string key)
    {
        var replacements = new List<TextReplacement>();
        foreach (var item in section.Sections(key))
        {
            if (item.Text("key") is { } go)
            {
                var pattern = Translated(go);
                Check(section, key, pattern);
                replacements.Add(new TextReplacement(pattern, item.Text("value") ?? ""));
            }

            item.WarnUnknown();
        }

        return replacements;
    }

    // Go writes the P that .NET does not know.
    private static string Translated(string pattern) => NamedGroup().Replace(pattern, "(?<");

    private static void Check(ModelSection section, string key, string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            section.Findings.Mistake(section.Entry(key)!, section.PathOf(key), $"has a regular expression that cannot be used: {exception.Message}");
        }
    }

    [GeneratedRegex(@"(?<!\\)\(\?P<", RegexOptions.CultureInvariant)]
    private static partial Regex NamedGroup();
}
