using System.Text;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>
/// Text and thoughts on their way out. Newlines right after a marker and right before the end of a thought belong to the markers;
/// whitespace that a call or the answer's start precedes waits, because before a further call it is dropped.
/// </summary>
internal sealed class TextFlow(ParsedOutputBuilder output)
{
    private readonly StringBuilder _space = new();
    private bool _spaceWaits = true;
    private bool _afterCall;
    private bool _afterMarker;

    /// <summary>Nothing was written and no call was made: a call may still be the whole answer.</summary>
    public bool IsAtAnswerStart { get; private set; } = true;

    /// <summary>Text without markers goes straight through.</summary>
    public bool IsPlain => !_spaceWaits && !_afterMarker;

    /// <summary>A reasoning marker came: what waits before it and the next newlines belong to it.</summary>
    public void PassMarker()
    {
        _space.Clear();
        _afterMarker = true;
    }

    public void PassCall()
    {
        _space.Clear();
        _spaceWaits = _afterCall = true;
        _afterMarker = IsAtAnswerStart = false;
    }

    public void AddText(ReadOnlySpan<char> text)
    {
        text = WithoutMarkerNewlines(text);
        if (_spaceWaits)
        {
            var rest = text.TrimStart();
            _space.Append(text[..^rest.Length]);
            if (rest.IsEmpty && _space.Length <= OutputLimits.HeldBack) return;
            output.AddText(_space.ToString());
            _space.Clear();
            text = rest;
        }
        else if (text.IsEmpty)
        {
            return;
        }
        _spaceWaits = _afterCall = IsAtAnswerStart = false;
        output.AddText(text);
    }

    public void AddReasoning(ReadOnlySpan<char> text)
    {
        text = WithoutMarkerNewlines(text);
        if (text.IsEmpty) return;
        var rest = text.TrimEnd("\r\n");
        if (!rest.IsEmpty)
        {
            output.AddReasoning(_space.ToString());
            _space.Clear();
            output.AddReasoning(rest);
        }
        _space.Append(text[rest.Length..]);
        var excess = _space.Length - OutputLimits.Newlines;
        if (excess <= 0) return;
        output.AddReasoning(_space.ToString(0, excess));
        _space.Remove(0, excess);
    }

    public void End(bool isReasoning)
    {
        if (isReasoning) output.AddReasoning(_space.ToString());
        else if (!_afterCall) output.AddText(_space.ToString());
        _space.Clear();
    }

    private ReadOnlySpan<char> WithoutMarkerNewlines(ReadOnlySpan<char> text)
    {
        if (!_afterMarker) return text;
        text = text.TrimStart("\r\n");
        _afterMarker = text.IsEmpty;
        return text;
    }
}
