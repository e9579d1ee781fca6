using System.Globalization;

namespace LocalAI.Pipeline.Driving;

/// <summary>Arguments of the form <c>--name value</c>. A name that nothing reads is an error, not a surprise in the figures.</summary>
public sealed class BenchArguments
{
    private readonly List<(string Name, string Value)> _given = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>Reads the command line.</summary>
    /// <exception cref="BenchException">It is not made of names with values.</exception>
    public BenchArguments(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Count)
            {
                throw new BenchException($"{arguments[i]}: expected --name value");
            }

            _given.Add((arguments[i][2..], arguments[i + 1]));
        }
    }

    /// <summary>All values of a name that may be given more than once.</summary>
    public IReadOnlyList<string> All(string name)
    {
        _read.Add(name);
        return [.. _given.Where(given => given.Name == name).Select(given => given.Value)];
    }

    /// <summary>The last value of a name, or its default.</summary>
    public string Text(string name, string standard) => Text(name) ?? standard;

    /// <summary>The last value of a name; null where it is not given.</summary>
    public string? Text(string name) => All(name) is { Count: > 0 } values ? values[^1] : null;

    /// <summary>A whole number of at least one.</summary>
    /// <exception cref="BenchException">It is not.</exception>
    public int Count(string name, int standard) => Parse(name, Text(name, standard.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Whole numbers of at least one, separated by commas.</summary>
    /// <exception cref="BenchException">They are not.</exception>
    public IReadOnlyList<int> Counts(string name, string standard) => [.. Text(name, standard).Split(',').Select(part => Parse(name, part))];

    /// <summary>To be called when everything has been read.</summary>
    /// <exception cref="BenchException">A name was given that means nothing.</exception>
    public void RefuseOthers()
    {
        var unknown = _given.Select(given => given.Name).Where(name => !_read.Contains(name)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            throw new BenchException($"unknown: --{string.Join(", --", unknown)}. There are: --{string.Join(", --", _read.Order(StringComparer.Ordinal))}");
        }
    }

    private static int Parse(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new BenchException($"--{name} {text}: expected a whole number above 0");
}
