using System.Text.RegularExpressions;
using LocalAI.Pipeline.Api.Responses.Items;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>
/// A summary of a thought by extraction, so that it costs no second generation and is the same each time: the sentence
/// that each paragraph begins with, or for <c>detailed</c> the paragraphs themselves.
/// </summary>
internal static partial class ReasoningSummary
{
    /// <param name="style"><c>auto</c>, <c>concise</c>, <c>detailed</c>, or null for none.</param>
    public static IReadOnlyList<TextPart> Of(string thought, string? style) => style is null ? [] :
        [.. BlankLines().Split(thought).Select(paragraph => paragraph.Trim()).Where(paragraph => paragraph.Length > 0)
            .Select(paragraph => new TextPart(TextPart.Summary, style == "detailed" ? paragraph : FirstSentence(paragraph)))];

    private static string FirstSentence(string paragraph)
    {
        var line = paragraph.Split('\n', 2)[0].TrimEnd();
        var end = SentenceEnd().Match(line);
        return end.Success ? line[..(end.Index + 1)] : line;
    }

    [GeneratedRegex(@"\n[ \t\r]*\n\s*", RegexOptions.NonBacktracking)]
    private static partial Regex BlankLines();

    // A point inside a number or a name is followed by no space.
    [GeneratedRegex(@"[.!?](?=\s)")]
    private static partial Regex SentenceEnd();
}
