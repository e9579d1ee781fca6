namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>Only \r\n and \r count as line ends here; .NET's own replacement knows more.</summary>
internal static class LineEndings
{
    public static string ReplaceLineEndingsOf(this string text) =>
        text.Contains('\r', StringComparison.Ordinal)
            ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : text;
}
