using System.Globalization;
using System.Text;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>
/// Follows one JSON object or array a character at a time (RFC 8259), so its end is known as soon as it comes.
/// One thing is allowed that the RFC forbids, because models write it: control characters inside strings.
/// </summary>
internal sealed class JsonScanner
{
    private readonly Stack<char> _closers = new();
    private readonly StringBuilder _literal = new();
    private bool _stringIsKey;
    private int _unicodeDigits;

    public JsonPlace Place { get; private set; } = JsonPlace.Value;

    public int Depth => _closers.Count;

    public bool InString => Place is JsonPlace.InString or JsonPlace.InEscape or JsonPlace.InUnicode;

    /// <summary>False: with this character the text is no JSON any more.</summary>
    public bool Push(char character)
    {
        switch (Place)
        {
            case JsonPlace.InString:
                return PushInString(character);
            case JsonPlace.InEscape:
                return PushEscape(character);
            case JsonPlace.InUnicode:
                if (++_unicodeDigits == 4) Place = JsonPlace.InString;
                return char.IsAsciiHexDigit(character);
            case JsonPlace.InLiteral when IsLiteral(character):
                _literal.Append(character);
                return _literal.Length <= OutputLimits.JsonLiteral;
            case JsonPlace.InLiteral:
                if (!IsCompleteLiteral()) return false;
                Place = JsonPlace.AfterValue;
                break;
        }
        return IsSpace(character) || PushStructure(character);
    }

    public static bool IsSpace(char character) => character is ' ' or '\n' or '\r' or '\t';

    private bool PushStructure(char character)
    {
        switch (Place)
        {
            case JsonPlace.FirstElement when character == ']':
            case JsonPlace.FirstKey when character == '}':
                return CloseContainer(character);
            case JsonPlace.Value or JsonPlace.FirstElement:
                return BeginValue(character);
            case JsonPlace.FirstKey or JsonPlace.Key when character == '"':
                return BeginString(isKey: true);
            case JsonPlace.Colon when character == ':':
                Place = JsonPlace.Value;
                return true;
            case JsonPlace.AfterValue when character == ',':
                Place = _closers.Peek() == '}' ? JsonPlace.Key : JsonPlace.Value;
                return true;
            case JsonPlace.AfterValue:
                return CloseContainer(character);
            default:
                return false;
        }
    }

    private bool BeginValue(char character)
    {
        switch (character)
        {
            case '{' or '[' when Depth < OutputLimits.JsonDepth:
                _closers.Push(character == '{' ? '}' : ']');
                Place = character == '{' ? JsonPlace.FirstKey : JsonPlace.FirstElement;
                return true;
            case '"' when Depth > 0:
                return BeginString(isKey: false);
            default:
                if (Depth == 0 || !IsLiteral(character)) return false;
                _literal.Clear().Append(character);
                Place = JsonPlace.InLiteral;
                return true;
        }
    }

    private bool BeginString(bool isKey)
    {
        _stringIsKey = isKey;
        Place = JsonPlace.InString;
        return true;
    }

    private bool PushInString(char character)
    {
        if (character == '\\') Place = JsonPlace.InEscape;
        else if (character == '"') Place = _stringIsKey ? JsonPlace.Colon : JsonPlace.AfterValue;
        return true;
    }

    private bool PushEscape(char character)
    {
        Place = character == 'u' ? JsonPlace.InUnicode : JsonPlace.InString;
        _unicodeDigits = 0;
        return character is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't' or 'u';
    }

    private bool CloseContainer(char character)
    {
        if (_closers.Peek() != character) return false;
        _closers.Pop();
        Place = Depth == 0 ? JsonPlace.Done : JsonPlace.AfterValue;
        return true;
    }

    private static bool IsLiteral(char character) =>
        char.IsAsciiDigit(character) || char.IsAsciiLetter(character) || character is '-' or '+' or '.';

    private bool IsCompleteLiteral()
    {
        var literal = _literal.ToString();
        if (literal is "true" or "false" or "null") return true;
        var digits = literal.AsSpan(literal[0] == '-' ? 1 : 0);
        if (digits.IsEmpty || !char.IsAsciiDigit(digits[0])) return false;
        if (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1])) return false;
        var pointIsInside = digits.IndexOf('.') is var point && (point < 0 || (point + 1 < digits.Length && char.IsAsciiDigit(digits[point + 1])));
        return pointIsInside && double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _);
    }
}
