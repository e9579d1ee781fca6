namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>Tokens inside a tag, up to its end; an end mark within brackets does not count.</summary>
internal sealed class ExpressionLexer(SourceText source, List<Token> tokens, string end)
{
    private readonly string _text = source.Text;
    private readonly Stack<char> _open = [];
    private int _at;

    /// <summary>Gives the offset after the end mark and the whitespace sign before it.</summary>
    public (int End, char Sign) Run(int at)
    {
        _at = at;
        while (_at < _text.Length)
        {
            if (_open.Count == 0 && MatchEnd() is { } found) return found;
            char c = _text[_at];
            if (CodePoints.IsSpace(c)) _at++;
            else if (char.IsAsciiDigit(c)) Number();
            else if (c == '_' || char.IsLetterOrDigit(c) || char.IsSurrogate(c)) Name();
            else if (c is '\'' or '"') String(c);
            else Operator();
        }

        throw source.Error(at, $"the tag has no end '{end}'");
    }

    private (int End, char Sign)? MatchEnd()
    {
        char sign = _text[_at];
        int mark = sign == '-' || (sign == '+' && end == "%}") ? _at + 1 : _at;
        if (string.CompareOrdinal(_text, mark, end, 0, 2) != 0) return null;
        return (mark + 2, mark > _at ? sign : '\0');
    }

    private void Number()
    {
        int length = NumberGrammar.Match(_text, _at, afterDot: _at > 0 && _text[_at - 1] == '.', out bool real);
        string digits = _text.Substring(_at, length).Replace("_", "", StringComparison.Ordinal);
        Add(real ? TokenKind.Float : TokenKind.Integer, digits, length);
    }

    private void Name()
    {
        int to = _at;
        while (to < _text.Length && (_text[to] == '_' || char.IsLetterOrDigit(_text[to]))) to++;
        if (to == _at) throw source.Error(_at, "unexpected character");
        Add(TokenKind.Name, _text[_at..to], to - _at);
    }

    private void String(char quote)
    {
        int to = _at + 1;
        while (to < _text.Length && _text[to] != quote) to += _text[to] == '\\' ? 2 : 1;
        if (to >= _text.Length) throw source.Error(_at, "the string has no end");
        string body = _text[(_at + 1)..to];
        string value = StringEscapes.Decode(body)
            ?? throw source.Error(_at, "the string has a malformed escape");
        Add(TokenKind.String, value, to + 1 - _at);
    }

    private void Operator()
    {
        int length = IsPairAt() ? 2 : 1;
        string symbol = _text.Substring(_at, length);
        if (length == 1 && !"+-/*%~[](){}><=.:|,;".Contains(symbol[0], StringComparison.Ordinal))
            throw source.Error(_at, $"unexpected character '{symbol}'");
        if (symbol is "(" or "[" or "{") _open.Push(symbol[0] == '(' ? ')' : symbol[0] == '[' ? ']' : '}');
        else if (symbol is ")" or "]" or "}" && (!_open.TryPop(out char expected) || expected != symbol[0]))
            throw source.Error(_at, $"unexpected '{symbol}'");
        Add(TokenKind.Operator, symbol, length);
    }

    private bool IsPairAt() => _at + 1 < _text.Length
        && (_text[_at], _text[_at + 1]) is ('/', '/') or ('*', '*') or ('=', '=') or ('!', '=') or ('>', '=') or ('<', '=');

    private void Add(TokenKind kind, string text, int length)
    {
        tokens.Add(new Token(kind, text, source.At(_at)));
        _at += length;
    }
}
