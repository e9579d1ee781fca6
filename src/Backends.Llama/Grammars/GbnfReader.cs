namespace LocalAI.Pipeline.Backends.Llama.Grammars;

/// <summary>
/// Reads GBNF (llama.cpp, grammars/README.md) as far as its structure goes, to say in words and with a place what is wrong:
/// llama.cpp itself only prints that to stderr, and its recursive parser trusts its input's depth.
/// </summary>
internal sealed class GbnfReader
{
    // Groups nest in llama.cpp's recursion.
    private const int DepthLimit = 200;

    // llama.cpp's MAX_REPETITION_THRESHOLD.
    private const int RepetitionLimit = 2000;

    // Repetitions copy what they repeat; a million elements are 8 MB in llama.cpp.
    private const long ElementLimit = 1_000_000;

    private readonly string _text;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<GbnfRule> _rules = [];
    private int _at;
    private int _depth;
    private long _elements;

    private GbnfReader(string text) => _text = text;

    /// <exception cref="GrammarException">It does not parse; the message has line and column.</exception>
    internal static List<GbnfRule> Read(string text)
    {
        var reader = new GbnfReader(text);
        reader.ReadRules();
        return reader._rules;
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private void ReadRules()
    {
        SkipSpace(newlines: true);
        while (_at < _text.Length)
        {
            GbnfRule rule = _rules[RuleNumber(ReadName())];
            SkipSpace(newlines: false);
            Expect("::=");
            SkipSpace(newlines: true);
            rule.Alternatives.Clear();
            rule.Defined = true;
            ReadAlternatives(rule, nested: false);
            if (_at < _text.Length && Current is not ('\r' or '\n'))
                throw Wrong($"unexpected '{Current}'");
            SkipSpace(newlines: true);
        }
    }

    private void ReadAlternatives(GbnfRule rule, bool nested)
    {
        rule.Alternatives.Add(ReadSequence(rule, nested));
        while (Current == '|')
        {
            _at++;
            SkipSpace(newlines: true);
            rule.Alternatives.Add(ReadSequence(rule, nested));
        }
    }

    private List<int> ReadSequence(GbnfRule rule, bool nested)
    {
        var sequence = new List<int>();
        (int Start, long Weight) last = (0, 0);
        while (true)
        {
            int before = sequence.Count;
            long weight = 1;
            switch (Current)
            {
                case '"':
                    weight = ReadLiteral('"', sequence);
                    break;
                case '[':
                    weight = ReadLiteral(']', sequence);
                    break;
                case '<' or '!':
                    ReadTokenReference(sequence);
                    break;
                case '.':
                    _at++;
                    sequence.Add(GbnfRule.Terminal);
                    break;
                case '(':
                    sequence.Add(ReadGroup(rule));
                    break;
                case '*' or '+' or '?' or '{':
                    ReadRepetition(rule, sequence, last);
                    SkipSpace(nested);
                    continue;
                case var letter when IsNameCharacter(letter):
                    sequence.Add(RuleNumber(ReadName()));
                    break;
                default:
                    return sequence;
            }
            last = (before, weight);
            Count(weight);
            SkipSpace(nested);
        }
    }

    private int ReadGroup(GbnfRule owner)
    {
        if (++_depth > DepthLimit)
            throw Wrong($"groups nest deeper than {DepthLimit}");
        _at++;
        SkipSpace(newlines: true);
        (int number, GbnfRule group) = NewRule(owner.Name);
        ReadAlternatives(group, nested: true);
        if (Current != ')')
            throw Wrong("')' expected");
        _at++;
        _depth--;
        return number;
    }

    private void ReadRepetition(GbnfRule owner, List<int> sequence, (int Start, long Weight) last)
    {
        if (last.Start >= sequence.Count)
            throw Wrong($"nothing comes before '{Current}' that could be repeated");
        (int least, int? most) = ReadBounds();
        List<int> item = sequence[last.Start..];
        sequence.RemoveRange(last.Start, sequence.Count - last.Start);
        Count(last.Weight * Math.Max(least, most ?? 0));
        for (int i = 0; i < least; i++)
            sequence.AddRange(item);
        if (most == least)
            return;
        // S{m,n} becomes m times S and a rule that may be empty; unbounded, that rule refers to itself.
        (int number, GbnfRule rest) = NewRule(owner.Name);
        rest.Alternatives.Add(most is null ? [.. item, number] : item);
        rest.Alternatives.Add([]);
        sequence.Add(number);
    }

    private (int Least, int? Most) ReadBounds()
    {
        char kind = Current;
        _at++;
        if (kind != '{')
            return (kind == '+' ? 1 : 0, kind == '?' ? 1 : null);
        SkipSpace(newlines: true);
        int least = ReadNumber();
        SkipSpace(newlines: true);
        int? most = least;
        if (Current == ',')
        {
            _at++;
            SkipSpace(newlines: true);
            most = char.IsAsciiDigit(Current) ? ReadNumber() : null;
            SkipSpace(newlines: true);
        }
        if (Current != '}')
            throw Wrong("'}' expected");
        _at++;
        if (least > RepetitionLimit)
            throw Wrong($"more than {RepetitionLimit} repetitions");
        if (most < least)
            throw Wrong($"at least {least} and at most {most} repetitions contradict each other");
        return (least, most > RepetitionLimit ? null : most);
    }

    private int ReadNumber()
    {
        int start = _at;
        while (char.IsAsciiDigit(Current))
            _at++;
        if (start == _at)
            throw Wrong("a number expected");
        return int.TryParse(_text.AsSpan(start, _at - start), out int number) ? number : throw Wrong("the number is too large");
    }

    private long ReadLiteral(char end, List<int> sequence)
    {
        int start = _at++;
        while (Current != end)
        {
            if (_at >= _text.Length || (Current == '\\' && _at + 1 >= _text.Length))
                throw Wrong($"the {(end == '"' ? "text" : "character class")} is not closed");
            if (Current == '\\')
                SkipEscape();
            else
                _at++;
        }
        _at++;
        long length = _at - start - 2;
        if (length > 0)
            sequence.Add(GbnfRule.Terminal);
        return length;
    }

    private void SkipEscape()
    {
        int digits = _text[_at + 1] switch
        {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            't' or 'r' or 'n' or '\\' or '"' or '[' or ']' or '-' => 0,
            var other => throw Wrong($"unknown escape '\\{other}'"),
        };
        _at += 2;
        for (int end = _at + digits; _at < end; _at++)
        {
            if (!char.IsAsciiHexDigit(Current))
                throw Wrong($"{digits} hexadecimal digits expected");
        }
    }

    private void ReadTokenReference(List<int> sequence)
    {
        _at += Current == '!' ? 1 : 0;
        int end = Current == '<' ? _text.IndexOf('>', _at) : -1;
        if (end < 0)
            throw Wrong("a token reference is written <text> or <[number]>");
        _at = end + 1;
        sequence.Add(GbnfRule.Terminal);
    }

    private string ReadName()
    {
        int start = _at;
        while (IsNameCharacter(Current))
            _at++;
        return _at > start ? _text[start.._at] : throw Wrong("a rule name expected (letters, digits and '-')");
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '-';

    private int RuleNumber(string name)
    {
        if (_names.TryGetValue(name, out int number))
            return number;
        number = NewRule(name).Number;
        _rules[number].Defined = false;
        return _names[name] = number;
    }

    private (int Number, GbnfRule Rule) NewRule(string name)
    {
        Count(1);
        var rule = new GbnfRule(name) { Defined = true };
        _rules.Add(rule);
        return (_rules.Count - 1, rule);
    }

    private void Count(long elements)
    {
        _elements += elements;
        if (_elements > ElementLimit)
            throw Wrong($"the grammar has more than {ElementLimit} elements once its repetitions are written out");
    }

    private void SkipSpace(bool newlines)
    {
        while (Current is ' ' or '\t' or '#' || (newlines && Current is ('\r' or '\n')))
        {
            if (Current != '#')
            {
                _at++;
                continue;
            }
            while (_at < _text.Length && Current is not ('\r' or '\n'))
                _at++;
        }
    }

    private void Expect(string text)
    {
        if (string.CompareOrdinal(_text, _at, text, 0, text.Length) != 0)
            throw Wrong($"'{text}' expected");
        _at += text.Length;
    }

    private GrammarException Wrong(string what)
    {
        ReadOnlySpan<char> before = _text.AsSpan(0, Math.Min(_at, _text.Length));
        int line = before.Count('\n') + 1;
        int column = before.Length - (before.LastIndexOf('\n') + 1) + 1;
        return new GrammarException($"grammar, line {line}, column {column}: {what}");
    }
}
