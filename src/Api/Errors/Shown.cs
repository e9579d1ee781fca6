using System.Text;

namespace LocalAI.Pipeline.Api.Errors;

/// <summary>Callers' text inside our messages: short, and without what a terminal would obey.</summary>
internal static class Shown
{
    private const int Longest = 64;

    public static string Short(string text, int longest = Longest)
    {
        var shown = new StringBuilder(Longest);
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= longest)
            {
                return shown.Append("...").ToString();
            }

            shown.Append(Rune.IsControl(rune) ? "?" : rune.ToString());
        }

        return shown.ToString();
    }
}
