namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>
/// Splits a template into text and tags, with transformers' whitespace settings: the newline after a block tag
/// goes (trim_blocks), and so do blanks before a block tag that starts a line (lstrip_blocks).
/// </summary>
internal sealed class TemplateLexer
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _at;
    private bool _lineStarting = true;

    private TemplateLexer(SourceText source)
    {
        _source = source;
        _text = source.Text;
    }

    public static List<Token> Split(SourceText source)
    {
        TemplateLexer lexer = new(source);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        while (_at < _text.Length)
        {
            int tag = NextTag(_at);
            if (tag < 0)
            {
                AddText(_at, _text[_at..]);
                break;
            }

            char kind = _text[tag + 1];
            char sign = SignAt(tag + 2);
            AddText(_at, BeforeTag(_text[_at..tag], sign, isVariable: kind == '{'));
            _at = tag + (sign == '\0' ? 2 : 3);
            // Jinja stops at the end of the source before it misses the end of such a tag.
            if (kind == '#' && _at == _text.Length) break;
            if (kind == '#') SkipComment(tag);
            else if (kind == '%' && TagGrammar.MatchRawBegin(_text, _at) is { } begun) Raw(tag, begun);
            else Tag(tag, isVariable: kind == '{');
        }

        _tokens.Add(new Token(TokenKind.End, "", _source.At(_text.Length)));
    }

    private int NextTag(int from)
    {
        for (int at = from; (at = _text.IndexOf('{', at)) >= 0; at++)
            if (at + 1 < _text.Length && _text[at + 1] is '%' or '#' or '{') return at;
        return -1;
    }

    private char SignAt(int at) => at < _text.Length && _text[at] is '-' or '+' ? _text[at] : '\0';

    private string BeforeTag(string text, char sign, bool isVariable)
    {
        if (sign == '-') return TagGrammar.TrimEnd(text);
        if (sign == '+' || isVariable) return text;
        int lineStart = text.LastIndexOf('\n') + 1;
        if (lineStart == 0 && !_lineStarting) return text;
        return TagGrammar.IsBlank(text.AsSpan(lineStart)) ? text[..lineStart] : text;
    }

    private void AddText(int at, string text)
    {
        if (text.Length > 0) _tokens.Add(new Token(TokenKind.Text, text, _source.At(at)));
    }

    private void SkipComment(int tag)
    {
        int close = _text.IndexOf("#}", _at, StringComparison.Ordinal);
        if (close < 0) throw _source.Error(tag, "missing end of comment tag");
        char sign = close > _at ? _text[close - 1] : ' ';
        MoveTo(TagGrammar.AfterEnd(_text, close + 2, sign, trimNewline: true));
    }

    private void Raw(int tag, int begun)
    {
        (int start, int end, char openSign, char closeSign) =
            TagGrammar.FindRawEnd(_text, begun) ?? throw _source.Error(tag, "missing end of raw directive");
        _lineStarting = _text[begun - 1] == '\n';
        AddText(begun, BeforeTag(_text[begun..start], openSign, isVariable: false));
        MoveTo(TagGrammar.AfterEnd(_text, end, closeSign, trimNewline: true));
    }

    private void Tag(int tag, bool isVariable)
    {
        _tokens.Add(new Token(isVariable ? TokenKind.VariableBegin : TokenKind.BlockBegin, "", _source.At(tag)));
        ExpressionLexer inside = new(_source, _tokens, isVariable ? "}}" : "%}");
        (int end, char sign) = inside.Run(_at);
        _tokens.Add(new Token(isVariable ? TokenKind.VariableEnd : TokenKind.BlockEnd, "", _source.At(end - 2)));
        MoveTo(TagGrammar.AfterEnd(_text, end, sign, trimNewline: !isVariable));
    }

    private void MoveTo(int at)
    {
        _at = at;
        _lineStarting = _text[at - 1] == '\n';
    }
}
