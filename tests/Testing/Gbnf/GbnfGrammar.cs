using System.Globalization;

namespace LocalAI.Pipeline.Testing.Gbnf;

/// <summary>Reads GBNF as llama.cpp's grammars/README.md describes it. Groups and repetitions become rules of their own.</summary>
public sealed class GbnfGrammar
{
    private readonly string _text;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private int _at;

    private GbnfGrammar(string text) => _text = text;

    public List<List<List<GbnfElement>>> Rules { get; } = [];

    public int Root => _names["root"];

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    public static GbnfGrammar Parse(string text)
    {
        var grammar = new GbnfGrammar(text);
        while (grammar._at < text.Length)
        {
            var rule = grammar.Named(grammar.Name());
            Assert.Empty(grammar.Rules[rule]);
            grammar.Expect(" ::= ");
            grammar.Rules[rule].AddRange(grammar.Alternatives());
            grammar.Expect("\n");
        }

        Assert.All(grammar._names, name => Assert.NotEmpty(grammar.Rules[name.Value]));
        return grammar;
    }

    private List<List<GbnfElement>> Alternatives()
    {
        var alternatives = new List<List<GbnfElement>> { Sequence() };
        while (Current == '|')
        {
            _at++;
            Spaces();
            alternatives.Add(Sequence());
        }

        return alternatives;
    }

    private List<GbnfElement> Sequence()
    {
        var sequence = new List<GbnfElement>();
        Spaces();
        var last = 0;
        while (Current is not ('|' or ')' or '\n' or '\0'))
        {
            if (Current is '*' or '+' or '?' or '{')
            {
                Repeat(sequence, last);
                Spaces();
                continue;
            }

            last = sequence.Count;
            sequence.AddRange(Item());
            Spaces();
        }

        return sequence;
    }

    private List<GbnfElement> Item()
    {
        switch (Current)
        {
            case '"':
                _at++;
                var literal = new List<GbnfElement>();
                while (Current != '"')
                {
                    var character = Character();
                    literal.Add(new GbnfElement { Characters = [(character, character)] });
                }

                _at++;
                return literal;
            case '[':
                return [Class()];
            case '(':
                _at++;
                Rules.Add([]);
                var group = Rules.Count - 1;
                Rules[group].AddRange(Alternatives());
                Expect(")");
                return [new GbnfElement { Rule = group }];
            default:
                return [new GbnfElement { Rule = Named(Name()) }];
        }
    }

    private GbnfElement Class()
    {
        _at++;
        var negated = Current == '^';
        _at += negated ? 1 : 0;
        var ranges = new List<(int First, int Last)>();
        while (Current != ']')
        {
            var first = Character();
            var last = first;
            if (Current == '-' && _text[_at + 1] != ']')
            {
                _at++;
                last = Character();
            }

            ranges.Add((first, last));
        }

        _at++;
        return new GbnfElement { Characters = negated ? Others(ranges) : ranges };
    }

    private static List<(int First, int Last)> Others(List<(int First, int Last)> ranges)
    {
        var (others, next) = (new List<(int First, int Last)>(), 0);
        foreach (var (first, last) in ranges.OrderBy(range => range.First))
        {
            if (first > next)
                others.Add((next, first - 1));
            next = Math.Max(next, last + 1);
        }

        others.Add((next, 0x10FFFF));
        return others;
    }

    private void Repeat(List<GbnfElement> sequence, int start)
    {
        var (least, most) = Bounds();
        var item = sequence[start..];
        sequence.RemoveRange(start, item.Count);
        for (var i = 0; i < least; i++)
            sequence.AddRange(item);
        if (most == least)
            return;
        var next = -1;
        for (var i = 0; i < (most - least ?? 1); i++)
        {
            Rules.Add([]);
            var rule = Rules.Count - 1;
            Rules[rule].Add([.. item, .. most is null ? [new GbnfElement { Rule = rule }] : next < 0 ? [] : (GbnfElement[])[new GbnfElement { Rule = next }]]);
            Rules[rule].Add([]);
            next = rule;
        }

        sequence.Add(new GbnfElement { Rule = next });
    }

    private (int Least, int? Most) Bounds()
    {
        var kind = _text[_at++];
        if (kind != '{')
            return (kind == '+' ? 1 : 0, kind == '?' ? 1 : null);
        var end = _text.IndexOf('}', _at);
        var bounds = _text[_at..end].Split(',');
        _at = end + 1;
        var least = int.Parse(bounds[0], CultureInfo.InvariantCulture);
        var most = bounds.Length == 1 ? least : bounds[1].Length == 0 ? (int?)null : int.Parse(bounds[1], CultureInfo.InvariantCulture);
        // llama.cpp's own bound.
        Assert.InRange(most ?? least, least, 2000);
        return (least, most);
    }

    private int Character()
    {
        if (Current != '\\')
        {
            var codePoint = char.ConvertToUtf32(_text, _at);
            _at += codePoint > char.MaxValue ? 2 : 1;
            return codePoint;
        }

        var letter = _text[_at + 1];
        _at += 2;
        var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        _at += digits;
        Assert.Contains(letter, "xuUtrn\\\"[]-");
        return digits > 0 ? int.Parse(_text.AsSpan(_at - digits, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : letter switch { 't' => '\t', 'r' => '\r', 'n' => '\n', _ => letter };
    }

    private string Name()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || Current == '-')
            _at++;
        Assert.True(_at > start, $"A name is expected at {_at}: {_text[_at..Math.Min(_text.Length, _at + 30)]}");
        return _text[start.._at];
    }

    private int Named(string name)
    {
        if (_names.TryGetValue(name, out var rule))
            return rule;
        Rules.Add([]);
        return _names[name] = Rules.Count - 1;
    }

    private void Spaces()
    {
        while (Current == ' ')
            _at++;
    }

    private void Expect(string text)
    {
        Assert.Equal(text, _text.Substring(_at, Math.Min(text.Length, _text.Length - _at)));
        _at += text.Length;
    }
}
