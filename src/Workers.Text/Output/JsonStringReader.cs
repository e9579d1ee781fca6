using System.Globalization;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>Resolves the escapes of a JSON string that comes a character at a time and is known to be well-formed.</summary>
internal sealed class JsonStringReader
{
    private readonly char[] _digits = new char[4];
    private readonly char[] _resolved = new char[2];
    private int _digitCount = -1;
    private bool _escaped;
    private char _highSurrogate;

    /// <summary>The text that this character completes: none, one or two characters (a pair is never given in halves).</summary>
    public ReadOnlySpan<char> Push(char character)
    {
        if (_digitCount >= 0)
        {
            _digits[_digitCount++] = character;
            if (_digitCount < 4) return [];
            _digitCount = -1;
            return Resolve((char)ushort.Parse(_digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        }
        if (_escaped)
        {
            _escaped = false;
            if (character != 'u') return Resolve(Unescape(character));
            _digitCount = 0;
            return [];
        }
        if (character != '\\') return Resolve(character);
        _escaped = true;
        return [];
    }

    private ReadOnlySpan<char> Resolve(char character)
    {
        var pending = _highSurrogate;
        _highSurrogate = char.IsHighSurrogate(character) ? character : '\0';
        if (pending != '\0')
        {
            // Half a pair alone cannot be sent as UTF-8.
            _resolved[0] = char.IsLowSurrogate(character) ? pending : '\uFFFD';
            _resolved[1] = character;
            return _resolved.AsSpan(0, _highSurrogate == '\0' ? 2 : 1);
        }
        _resolved[0] = char.IsLowSurrogate(character) ? '\uFFFD' : character;
        return _resolved.AsSpan(0, _highSurrogate == '\0' ? 1 : 0);
    }

    private static char Unescape(char character) => character switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => character,
    };
}
