namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>Splits a Go template into text and actions, and an action into words.</summary>
internal sealed class GoLexer
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _at;

    private GoLexer(string source)
    {
        _source = new SourceText(source, keepsFinalNewline: true);
        _text = _source.Text;
    }

    public static List<Token> Split(string source)
    {
        GoLexer lexer = new(source);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        bool trimsNext = false;
        while (_at <= _text.Length)
        {
            int open = _text.IndexOf("{{", _at, StringComparison.Ordinal);
            string text = open < 0 ? _text[_at..] : _text[_at..open];
            bool trimsBefore = open >= 0 && open + 3 < _text.Length && _text[open + 2] == '-' && CodePoints.IsSpace(_text[open + 3]);
            if (trimsNext) text = text[TagGrammar.SkipSpace(text, 0)..];
            if (trimsBefore) text = TagGrammar.TrimEnd(text);
            if (text.Length > 0) _tokens.Add(new Token(TokenKind.Text, text, _source.At(_at)));
            if (open < 0) break;
            _at = open + (trimsBefore ? 3 : 2);
            trimsNext = Action(open);
        }

        _tokens.Add(new Token(TokenKind.End, "", _source.At(_text.Length)));
    }

    /// <summary>Gives whether the action's end takes the whitespace after it.</summary>
    private bool Action(int open)
    {
        int start = TagGrammar.SkipSpace(_text, _at);
        if (string.CompareOrdinal(_text, start, "/*", 0, 2) == 0) return Comment(open, start);
        _tokens.Add(new Token(TokenKind.BlockBegin, "", _source.At(open)));
        while (_at < _text.Length)
        {
            bool spaced = CodePoints.IsSpace(_text[_at]);
            int mark = spaced ? TagGrammar.SkipSpace(_text, _at) : _at;
            bool trims = spaced && string.CompareOrdinal(_text, mark, "-}}", 0, 3) == 0;
            if (trims || string.CompareOrdinal(_text, mark, "}}", 0, 2) == 0)
            {
                _tokens.Add(new Token(TokenKind.BlockEnd, "", _source.At(mark)));
                _at = mark + (trims ? 3 : 2);
                return trims;
            }

            _at = mark;
            if (_at >= _text.Length) break;
            int length = Word();
            _at += length;
        }

        throw _source.Error(open, "unclosed action");
    }

    private bool Comment(int open, int start)
    {
        int close = _text.IndexOf("*/", start + 2, StringComparison.Ordinal);
        int end = close < 0 ? -1 : TagGrammar.SkipSpace(_text, close + 2);
        bool trims = end > close + 2 && string.CompareOrdinal(_text, end, "-}}", 0, 3) == 0;
        if (end < 0 || (!trims && string.CompareOrdinal(_text, end, "}}", 0, 2) != 0)) throw _source.Error(open, "unclosed comment");
        _at = end + (trims ? 3 : 2);
        return trims;
    }

    private int Word()
    {
        char c = _text[_at];
        if (c is '"' or '`') return Quoted(c);
        if (c is '(' or ')' or '|' or ',' or '=') return Add(TokenKind.Operator, _at + 1);
        if (c == ':' && _at + 1 < _text.Length && _text[_at + 1] == '=') return Add(TokenKind.Operator, _at + 2);
        bool number = char.IsAsciiDigit(c) || (c is '-' or '+' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]));
        int to = _at + 1;
        while (to < _text.Length && (char.IsLetterOrDigit(_text[to]) || _text[to] is '_' or '.')) to++;
        if (number) return Add(TokenKind.Integer, to);
        if (c is not ('.' or '$' or '_') && !char.IsLetter(c)) throw _source.Error(_at, $"unexpected character '{c}'");
        return Add(TokenKind.Name, to);
    }

    private int Quoted(char quote)
    {
        int to = _at + 1;
        while (to < _text.Length && _text[to] != quote) to += quote == '"' && _text[to] == '\\' ? 2 : 1;
        if (to >= _text.Length) throw _source.Error(_at, "unterminated string");
        string body = _text[(_at + 1)..to];
        string value = (quote == '`' ? body : StringEscapes.Decode(body)) ?? throw _source.Error(_at, "malformed escape in string");
        // A dot right after belongs to the string only in an error; the parser sees it as the next word.
        _tokens.Add(new Token(TokenKind.String, value, _source.At(_at)));
        return to + 1 - _at;
    }

    private int Add(TokenKind kind, int to)
    {
        _tokens.Add(new Token(kind, _text[_at..to], _source.At(_at)));
        return to - _at;
    }
}
