using System.Globalization;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Batches;

/// <summary><c>completion_window</c>: OpenAI has <c>24h</c>; here it is any number of minutes, hours or days.</summary>
internal static class CompletionWindow
{
    public const string Default = "24h";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    /// <exception cref="ApiException">It is none.</exception>
    public static TimeSpan Read(string text)
    {
        var unit = text.Length is > 1 and <= 6 ? text[^1] : ' ';
        if (int.TryParse(text.AsSpan(0, Math.Max(text.Length - 1, 0)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            var window = unit switch { 'm' => TimeSpan.FromMinutes(number), 'h' => TimeSpan.FromHours(number), 'd' => TimeSpan.FromDays(number), _ => TimeSpan.MaxValue };
            if (window <= Longest)
            {
                return window;
            }
        }

        throw RequestErrors.WrongValue("completion_window", $"must be a number of minutes, hours or days of at most {Longest.TotalDays:0} days, such as '24h', but is '{Shown.Short(text)}'.");
    }
}
