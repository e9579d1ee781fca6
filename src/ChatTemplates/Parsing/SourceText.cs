namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>The normalised source and where each offset is in lines and columns.</summary>
internal sealed class SourceText
{
    private int _offset;
    private int _line = 1;
    private int _lineStart;

    /// <summary>Line ends become \n, and one at the very end is dropped, as Jinja does by default.</summary>
    public SourceText(string source, bool keepsFinalNewline = false)
    {
        string text = source.ReplaceLineEndingsOf();
        Text = text.EndsWith('\n') && !keepsFinalNewline ? text[..^1] : text;
    }

    public string Text { get; }

    /// <summary>Positions are asked in ascending order while lexing; going back restarts the count.</summary>
    public Position At(int offset)
    {
        if (offset < _offset) (_offset, _line, _lineStart) = (0, 1, 0);
        for (; _offset < offset && _offset < Text.Length; _offset++)
        {
            if (Text[_offset] != '\n') continue;
            _line++;
            _lineStart = _offset + 1;
        }

        return new Position(_line, offset - _lineStart + 1);
    }

    public ChatTemplateException Error(int offset, string message) => new(message, At(offset));
}
