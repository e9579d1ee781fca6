using System.Globalization;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>Reads the parameters of a query by name and refuses those that nobody asked for. An empty one counts as absent.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private readonly Dictionary<string, string> _values = query
        .Where(parameter => !string.IsNullOrEmpty(parameter.Value.ToString()))
        .ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString(), StringComparer.Ordinal);

    public string? Text(string name, int longest = 512) => !_values.Remove(name, out var value) ? null
        : value.Length <= longest ? value
        : throw RequestErrors.WrongValue(name, $"has {value.Length} characters, at most {longest} are allowed.");

    public int? Integer(string name, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw RequestErrors.WrongValue(name, $"must be an integer from {least} to {most}, but is '{Shown.Short(text)}'.");
    }

    /// <summary>One of some words.</summary>
    public string? OneOf(string name, params IReadOnlyList<string> words) => Text(name) is not { } text ? null
        : words.Contains(text, StringComparer.Ordinal) ? text
        : throw RequestErrors.WrongValue(name, $"must be one of '{string.Join("', '", words)}', but is '{Shown.Short(text)}'.");

    /// <summary>Refuses what is left.</summary>
    public void RefuseOthers()
    {
        foreach (var name in _values.Keys)
        {
            throw RequestErrors.Unknown(name);
        }
    }
}
