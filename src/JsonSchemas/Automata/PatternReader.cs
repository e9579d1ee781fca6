using System.Globalization;

namespace LocalAI.Pipeline.JsonSchemas.Automata;

/// <summary>
/// Reads the regular part of ECMA-262's regular expressions: characters, classes, groups, alternatives, repetitions, and ^ and $
/// at the ends of the outermost alternatives. What is not regular or asks about surroundings is refused.
/// </summary>
internal sealed class PatternReader
{
    // Groups recurse here and in the automaton's builder.
    private const int DepthLimit = 50;

    // More copies than any real pattern asks for; nested ones are bounded by the budget.
    private const int RepetitionLimit = 10_000;

    private static readonly CodePoints AllButLineEnds = CodePoints.Of([('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)]).Complement();

    private readonly string _text;
    private int _at;
    private int _depth;

    private PatternReader(string text) => _text = text;

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private bool AtEnd => _at >= _text.Length;

    /// <summary>The texts in which the expression is found somewhere, as JSON Schema asks.</summary>
    /// <exception cref="FormatException">It cannot be honoured; the message says why.</exception>
    public static Pattern Read(string text)
    {
        var reader = new PatternReader(text);
        var found = new List<Pattern> { reader.Outermost() };
        while (reader.Skip('|'))
            found.Add(reader.Outermost());
        return reader.AtEnd ? Pattern.Choice(found) : throw new FormatException($"'{reader.Current}' at {reader._at + 1} has no counterpart.");
    }

    private Pattern Outermost()
    {
        var parts = new List<Pattern>();
        if (!Skip('^'))
            parts.Add(Pattern.AnyText);
        ReadItems(parts);
        if (!Skip('$'))
            parts.Add(Pattern.AnyText);
        else if (!AtEnd && Current != '|')
            throw new FormatException("'$' is possible only at the end of an outermost alternative.");
        return Pattern.Sequence(parts);
    }

    private Pattern Alternatives()
    {
        var found = new List<Pattern>();
        do
        {
            var parts = new List<Pattern>();
            ReadItems(parts);
            found.Add(Pattern.Sequence(parts));
        }
        while (Skip('|'));
        return Pattern.Choice(found);
    }

    private void ReadItems(List<Pattern> parts)
    {
        while (!AtEnd && Current is not ('|' or ')' or '$'))
            parts.Add(Repeated(Item()));
    }

    private Pattern Item()
    {
        var character = NextRune();
        return character switch
        {
            '(' => Group(),
            '[' => Pattern.Set(ClassReader().ReadClass(ref _at)),
            '.' => Pattern.Set(AllButLineEnds),
            '\\' => Pattern.Set(ClassReader().ReadEscape(ref _at)),
            '^' => throw new FormatException("'^' is possible only at the start of an outermost alternative."),
            '*' or '+' or '?' or '{' => throw new FormatException($"Nothing comes before the '{(char)character}' at {_at} that could be repeated."),
            _ => Pattern.Set(CodePoints.One(character)),
        };
    }

    private CharacterClassReader ClassReader() => new(_text);

    private Pattern Group()
    {
        if (++_depth > DepthLimit)
            throw new FormatException($"Groups nest deeper than {DepthLimit}.");
        if (Skip('?'))
            SkipGroupName();
        var inner = Alternatives();
        if (!Skip(')'))
            throw new FormatException(Current == '$' ? "'$' inside a group is not supported." : "A group is not closed.");
        _depth--;
        return inner;
    }

    private void SkipGroupName()
    {
        if (Skip(':'))
            return;
        var end = Skip('<') && Current is not ('=' or '!') ? _text.IndexOf('>', _at) : -1;
        if (end < 0)
            throw new FormatException("Looking ahead or behind is not supported.");
        _at = end + 1;
    }

    private Pattern Repeated(Pattern item)
    {
        var (least, most) = Current switch
        {
            '*' => (0, (int?)null),
            '+' => (1, null),
            '?' => (0, 1),
            '{' => (-1, null),
            _ => (1, 1),
        };
        if ((least, most) == (1, 1))
            return item;
        _at++;
        if (least < 0)
            (least, most) = Bounds();
        // A lazy repetition matches the same texts.
        Skip('?');
        return Current is '*' or '+' or '?' or '{' && !AtEnd
            ? throw new FormatException("A repetition of a repetition needs a group between.")
            : Pattern.Repeat(item, least, most);
    }

    private (int Least, int? Most) Bounds()
    {
        var least = Number();
        int? most = least;
        if (Skip(','))
            most = Current == '}' ? null : Number();
        if (!Skip('}') || most < least)
            throw new FormatException("A repetition is written {n}, {n,} or {n,m}, with n up to m.");
        return (least, most);
    }

    private int Number()
    {
        var start = _at;
        while (char.IsAsciiDigit(Current))
            _at++;
        return int.TryParse(_text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= RepetitionLimit
            ? number
            : throw new FormatException($"A repetition needs numbers from 0 to {RepetitionLimit}.");
    }

    private int NextRune()
    {
        var codePoint = char.ConvertToUtf32(_text, _at);
        _at += codePoint > char.MaxValue ? 2 : 1;
        return codePoint;
    }

    private bool Skip(char expected)
    {
        if (AtEnd || Current != expected)
            return false;
        _at++;
        return true;
    }
}
