using System.Globalization;
using LocalAI.Pipeline.Api.Errors;
using Microsoft.Extensions.Primitives;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>Reads the parameters of an address by name and refuses those that nobody asked for. An empty one counts as absent.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private readonly Dictionary<string, StringValues> _parameters = query
        .Where(entry => !StringValues.IsNullOrEmpty(entry.Value))
        .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);

    /// <returns>Null where there is none.</returns>
    public string? Text(string name, int longest = 512)
    {
        if (!_parameters.Remove(name, out var values))
        {
            return null;
        }

        if (values.Count > 1)
        {
            throw RequestErrors.WrongValue(name, "is there more than once.");
        }

        return values[0]!.Length <= longest ? values[0] : throw RequestErrors.WrongValue(name, $"has {values[0]!.Length} characters, at most {longest} are allowed.");
    }

    public int? Integer(string name, int least, int most) => (int?)Number(name, least, most);

    public long? Number(string name, long least, long most)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw RequestErrors.WrongValue(name, string.Create(CultureInfo.InvariantCulture, $"must be an integer from {least} to {most}, but is '{Shown.Short(text)}'."));
    }

    /// <summary>One of some words.</summary>
    public string? OneOf(string name, params IReadOnlyList<string> words) => Text(name) is not { } text ? null
        : words.Contains(text, StringComparer.Ordinal) ? text
        : throw RequestErrors.WrongValue(name, $"must be one of '{string.Join("', '", words)}', but is '{Shown.Short(text)}'.");

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" or "True" or "1" => true,
        "false" or "False" or "0" => false,
        var other => throw RequestErrors.WrongValue(name, $"must be true or false, but is '{Shown.Short(other)}'."),
    };

    /// <summary>A list, as <c>name=a&amp;name=b</c>, <c>name[]=a</c> or <c>name[0]=a</c>.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var keys = _parameters.Keys.Where(key => key == name || (key.StartsWith(name + "[", StringComparison.Ordinal) && key.EndsWith(']'))).ToList();
        var texts = keys.SelectMany(key => _parameters[key]).Select(text => text ?? "").ToList();
        keys.ForEach(key => _parameters.Remove(key));
        return texts;
    }

    /// <summary>Refuses what is left.</summary>
    public void RefuseOthers()
    {
        foreach (var name in _parameters.Keys)
        {
            throw RequestErrors.Unknown(name);
        }
    }
}
