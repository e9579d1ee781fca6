using System.Globalization;
using System.Text;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>Where a reader is in a JSON document, and the names that each open object has had.</summary>
internal sealed class JsonPath
{
    private readonly List<Level> _levels = [];

    public void OpenObject() => Open(new Level([]));

    public void OpenArray() => Open(new Level(null));

    public void Close() => _levels.RemoveAt(_levels.Count - 1);

    public void Value()
    {
        if (_levels.Count > 0)
        {
            _levels[^1].Index++;
        }
    }

    /// <summary>False when the object has it already.</summary>
    public bool Name(string name)
    {
        _levels[^1].Current = name;
        return _levels[^1].Names!.Add(name);
    }

    public override string ToString()
    {
        var path = new StringBuilder();
        foreach (var level in _levels)
        {
            if (level.Names is null)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{Math.Max(level.Index, 0)}]");
            }
            else if (level.Current is { } name)
            {
                path.Append(path.Length == 0 ? "" : ".").Append(name);
            }
        }

        return path.ToString();
    }

    private void Open(Level level)
    {
        Value();
        _levels.Add(level);
    }

    private sealed class Level(HashSet<string>? names)
    {
        public HashSet<string>? Names => names;

        public string? Current { get; set; }

        public int Index { get; set; } = -1;
    }
}
