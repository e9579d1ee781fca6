using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace LocalAI.Pipeline.Api.Completions.Writing;

/// <summary>A token of a log probability entry as a text that stands for it alone.</summary>
internal static class LogprobToken
{
    /// <summary>Its text and its bytes. Where these are part of a character only, the text is <c>bytes:\xe2\x82</c>, as OpenAI writes it.</summary>
    public static (string Text, byte[] Bytes) Read(JsonElement entry)
    {
        var text = entry.GetProperty("token").GetString() ?? "";
        if (!entry.TryGetProperty("bytes", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return (text, Encoding.UTF8.GetBytes(text));
        }

        var bytes = list.EnumerateArray().Select(value => value.GetByte()).ToArray();
        return (Utf8.IsValid(bytes) ? text : "bytes:" + string.Concat(bytes.Select(value => $"\\x{value:x2}")), bytes);
    }

    /// <summary>Characters as most languages count them: half a surrogate pair is none.</summary>
    public static int CodePoints(this ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var character in text)
        {
            count += char.IsLowSurrogate(character) ? 0 : 1;
        }

        return count;
    }

    public static int CodePoints(this Span<char> text) => ((ReadOnlySpan<char>)text).CodePoints();
}
