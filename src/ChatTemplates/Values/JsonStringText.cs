namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>A JSON string with exactly the escapes that Python's json module writes.</summary>
internal static class JsonStringText
{
    public static void Append(StringBuilder output, string text, bool ascii)
    {
        output.Append('"');
        int copied = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c >= ' ' && c != '"' && c != '\\' && (!ascii || c < '\x7f')) continue;
            output.Append(text, copied, i - copied).Append(Escape(c));
            copied = i + 1;
        }

        output.Append(text, copied, text.Length - copied).Append('"');
    }

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        _ => FormattableString.Invariant($"\\u{(int)c:x4}"),
    };
}
