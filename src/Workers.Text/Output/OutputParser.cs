namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>
/// Turns a model's raw text into text, reasoning and tool calls while it streams. Every decision depends on the characters
/// so far and never on how they were cut, so a new parser that is fed the text so far goes on exactly as the old one would have.
/// For one generation, not for use by several threads.
/// </summary>
internal sealed class OutputParser
{
    private readonly ParsedOutputBuilder _output;
    private readonly TextFlow _flow;
    private readonly ToolCallSyntax _syntax;
    private readonly string? _reasoningStart;
    private readonly string? _reasoningEnd;
    private readonly MarkerScanner _textMarkers;
    private readonly MarkerScanner _reasoningMarkers;
    private readonly bool _hasMarkers;
    private readonly HeldAnswer? _heldAnswer;
    private ToolCallReader? _reader;

    public OutputParser(OutputParserOptions options)
    {
        _output = new ParsedOutputBuilder(options.JobId);
        _flow = new TextFlow(_output);
        var names = options.ToolNames.ToHashSet(StringComparer.Ordinal);
        _syntax = new ToolCallSyntax(options.ToolFormat, _output, names);
        _heldAnswer = options.ToolFormat == ToolCallFormat.Patterns ? new HeldAnswer(options.Patterns!, names, _flow, _output) : null;
        if (!string.IsNullOrEmpty(options.ReasoningEnd))
        {
            _reasoningEnd = options.ReasoningEnd;
            _reasoningStart = string.IsNullOrEmpty(options.ReasoningStart) ? null : options.ReasoningStart;
        }
        _reasoningMarkers = new MarkerScanner(Present(_reasoningEnd, _reasoningStart));
        _textMarkers = new MarkerScanner(Present(_syntax.Opening, _reasoningEnd, _reasoningStart));
        _hasMarkers = _syntax.HasTools || _reasoningEnd is not null;
        if (options.StartsInReasoning && _reasoningEnd is not null) BeginReasoning();
    }

    /// <summary>At least one call was passed on.</summary>
    public bool HasToolCalls => _output.HasToolCalls;

    /// <summary>What comes next belongs to a thought, as far as is known.</summary>
    public bool IsReasoning { get; private set; }

    /// <summary>What this piece adds; text that may still become a marker or a call is held back.</summary>
    public ParsedOutput Feed(string raw)
    {
        if (!_hasMarkers || IsPlain(raw)) return new ParsedOutput(raw, "", []);
        var rest = raw.AsSpan();
        while (!rest.IsEmpty)
        {
            var plain = PlainLength(rest);
            if (plain > 0) Add(rest[..plain]);
            else Push(rest[plain++]);
            rest = rest[plain..];
        }
        return _output.Take();
    }

    /// <summary>The generation is over: releases what is held back.</summary>
    public ParsedOutput End()
    {
        if (_reader is not null) EndReader();
        Add(Markers.Held);
        Markers.Clear();
        _heldAnswer?.End();
        _flow.End(IsReasoning);
        return _output.Take();
    }

    private MarkerScanner Markers => IsReasoning ? _reasoningMarkers : _textMarkers;

    private bool IsPlain(string raw) => _heldAnswer is null && !IsReasoning && _flow.IsPlain && PlainLength(raw) == raw.Length;

    private int PlainLength(ReadOnlySpan<char> text)
    {
        if (_reader is not null || !Markers.Held.IsEmpty) return 0;
        if (!IsReasoning && _syntax.AnswerMayBeCall && _flow.IsAtAnswerStart) return 0;
        var start = Markers.IndexOfStart(text);
        return start < 0 ? text.Length : start;
    }

    private void Push(char character)
    {
        if (_reader is not null)
            PushToReader(character, _reader);
        else if (character == '{' && !IsReasoning && _syntax.AnswerMayBeCall && _flow.IsAtAnswerStart && Markers.Held.IsEmpty)
            PushToReader(character, _reader = _syntax.NewReader());
        else
            PushToMarkers(character);
    }

    private void PushToMarkers(char character)
    {
        var marker = Markers.Push(character);
        Add(Markers.Released);
        if (marker is null) return;
        if (marker == _syntax.Opening && !IsReasoning)
        {
            _reader = _syntax.NewReader();
            _reader.Held.Append(marker);
        }
        else if (marker == _reasoningEnd && IsReasoning)
        {
            IsReasoning = false;
            _flow.PassMarker();
        }
        else if (marker == _reasoningStart && !IsReasoning)
        {
            BeginReasoning();
        }
        else
        {
            // A marker out of place, such as a second opening after the prompt's own: models write it, no reader should see it.
            _flow.PassMarker();
        }
    }

    private void PushToReader(char character, ToolCallReader reader)
    {
        var step = reader.Push(character);
        if (reader.HasCall) _flow.PassCall();
        if (step == ReaderStep.More && reader.Held.Length <= OutputLimits.HeldBack) return;
        _reader = null;
        if (step == ReaderStep.Ended) return;
        Add(reader.Held.ToString());
        if (step == ReaderStep.Refused) Push(character);
    }

    private void EndReader()
    {
        var reader = _reader!;
        _reader = null;
        if (!reader.IsAfterCall) Add(reader.Held.ToString());
    }

    private void Add(ReadOnlySpan<char> text)
    {
        if (IsReasoning) _flow.AddReasoning(text);
        else if (_heldAnswer is not null) _heldAnswer.Add(text);
        else _flow.AddText(text);
    }

    private void BeginReasoning()
    {
        IsReasoning = true;
        _flow.PassMarker();
    }

    private static IEnumerable<string> Present(params string?[] markers) => markers.OfType<string>().Distinct();
}
