using System.Globalization;
using System.Text;

namespace LocalAI.Pipeline.Driving;

/// <summary>
/// Prompts of a length, each different from its first word on, so that no cache of prefixes answers for the target. The
/// same number gives the same prompt: every target of a round gets the same ones.
/// </summary>
public static class Prompts
{
    private static readonly string[] Words =
    [
        "a", "red", "house", "with", "two", "small", "windows", "and", "the", "old", "tree", "near", "water", "is", "green", "in", "spring",
        "when", "birds", "sing", "every", "morning", "before", "children", "go", "to", "school",
    ];

    /// <summary>A prompt of that many words.</summary>
    public static string Create(int number, int words)
    {
        var text = new StringBuilder(number.ToString(CultureInfo.InvariantCulture));
        var state = (uint)number * 2654435761u;
        for (var i = 1; i < words; i++)
        {
            state = (state * 1664525u) + 1013904223u;
            text.Append(' ').Append(Words[(state >> 16) % Words.Length]);
        }

        return text.ToString();
    }
}
