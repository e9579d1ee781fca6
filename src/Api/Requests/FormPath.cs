using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>The steps of a form's name: <c>a[0][b]</c> is <c>a</c>, <c>0</c>, <c>b</c>.</summary>
internal static class FormPath
{
    /// <exception cref="ApiException">The brackets do not match, or there are too many.</exception>
    public static IReadOnlyList<string> Split(string name, int deepest)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            return name.Length > 0 ? [name] : throw Broken(name);
        }

        var steps = new List<string> { name[..open] };
        while (open < name.Length)
        {
            var close = name.IndexOf(']', open);
            if (open == 0 || name[open] != '[' || close < 0 || steps.Count >= deepest)
            {
                throw Broken(name);
            }

            steps.Add(name[(open + 1)..close]);
            open = close + 1;
        }

        return steps;
    }

    /// <summary>A step that is no place in a list.</summary>
    public static bool IsName(string step) => step.Length > 0 && !step.All(char.IsAsciiDigit);

    private static ApiException Broken(string name) => RequestErrors.Create("invalid_form", $"'{Shown.Short(name)}' is no name of a field: write 'name', 'name[part]' or 'name[0]'.");
}
