using System.Buffers;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>Finds the first of several markers in text that comes a character at a time, and holds back no more than a marker's beginning.</summary>
internal sealed class MarkerScanner
{
    private readonly string[] _markers;
    private readonly SearchValues<char> _firstCharacters;
    private readonly char[] _held;
    private readonly char[] _released;
    private int _count;
    private int _releasedCount;

    public MarkerScanner(IEnumerable<string> markers)
    {
        _markers = [.. markers];
        _firstCharacters = SearchValues.Create([.. _markers.Select(marker => marker[0])]);
        var longest = _markers.Select(marker => marker.Length).DefaultIfEmpty(1).Max();
        _held = new char[longest];
        _released = new char[longest];
    }

    public ReadOnlySpan<char> Held => _held.AsSpan(0, _count);

    /// <summary>Where a marker may begin, or -1.</summary>
    public int IndexOfStart(ReadOnlySpan<char> text) => text.IndexOfAny(_firstCharacters);

    /// <summary>What the last push found to be no marker.</summary>
    public ReadOnlySpan<char> Released => _released.AsSpan(0, _releasedCount);

    /// <summary>Adds a character to what is held; gives the marker that it completes, which leaves nothing held.</summary>
    public string? Push(char character)
    {
        _releasedCount = 0;
        _held[_count++] = character;
        while (_count > 0)
        {
            foreach (var marker in _markers)
            {
                if (!marker.AsSpan().StartsWith(Held, StringComparison.Ordinal)) continue;
                if (marker.Length > _count) return null;
                _count = 0;
                return marker;
            }
            _released[_releasedCount++] = _held[0];
            Held[1..].CopyTo(_held);
            _count--;
        }
        return null;
    }

    public void Clear() => _count = 0;
}
