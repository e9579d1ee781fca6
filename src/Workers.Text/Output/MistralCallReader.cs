using System.Text;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>After the opening marker: a list of objects, one object, or a name followed by its arguments.</summary>
internal sealed class MistralCallReader(ParsedOutputBuilder output, IReadOnlySet<string> toolNames) : ToolCallReader(output, toolNames)
{
    public const string Opening = "[TOOL_CALLS]";
    public const string ArgumentsTag = "[ARGS]";
    private const string CallIdTag = "[CALL_ID]";
    private const int LongestTag = 16;
    private const int LongestCallId = 64;

    private readonly StringBuilder _word = new();
    private CallListReader? _list;
    private CallWriter? _call;
    private JsonScanner? _arguments;
    private Part _part;

    private enum Part
    {
        Start,
        List,
        SingleObject,
        Name,
        Tag,
        CallId,
        Arguments,
    }

    public override ReaderStep Push(char character) => _part switch
    {
        Part.List => PushList(character),
        Part.SingleObject => PushSingle(character),
        Part.Name => PushName(character),
        Part.Tag => PushTag(character),
        Part.CallId => PushCallId(character),
        Part.Arguments => PushArguments(character),
        _ => PushStart(character),
    };

    private ReaderStep PushStart(char character)
    {
        if (JsonScanner.IsSpace(character)) return Hold(character);
        switch (character)
        {
            case '[':
                _list = new CallListReader();
                _part = Part.List;
                return Hold(character);
            case '{':
                BeginObject();
                _part = Part.SingleObject;
                return Push(character);
            default:
                _part = Part.Name;
                return Push(character);
        }
    }

    private ReaderStep PushList(char character)
    {
        if (InObject) return PushObject(character) == CallStep.Broken ? ReaderStep.Refused : ReaderStep.More;
        switch (_list!.Push(character, IsAfterCall))
        {
            case CallListStep.Object:
                BeginObject();
                return Push(character);
            case CallListStep.ListEnd when HasCall:
                return ReaderStep.Ended;
            case CallListStep.Skipped:
                return HasCall ? ReaderStep.More : Hold(character);
            default:
                return ReaderStep.Refused;
        }
    }

    private ReaderStep PushSingle(char character) => PushObject(character) switch
    {
        CallStep.Broken => ReaderStep.Refused,
        CallStep.Done => ReaderStep.Ended,
        _ => ReaderStep.More,
    };

    private ReaderStep PushName(char character)
    {
        if (char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or ':' or '/')
        {
            if (_word.Length > 0 && JsonScanner.IsSpace(Held[^1])) return ReaderStep.Refused;
            _word.Append(character);
            return _word.Length > OutputLimits.ToolName ? ReaderStep.Refused : Hold(character);
        }
        if (character is not ('[' or '{')) return JsonScanner.IsSpace(character) && _word.Length > 0 ? Hold(character) : ReaderStep.Refused;

        _call = NewCall();
        if (!_call.TryName(_word.ToString())) return ReaderStep.Refused;
        _word.Clear();
        _part = character == '[' ? Part.Tag : Part.Arguments;
        return Push(character);
    }

    private ReaderStep PushTag(char character)
    {
        _word.Append(character);
        if (_word.Length > LongestTag) return ReaderStep.Refused;
        var word = _word.ToString();
        if (word is ArgumentsTag or CallIdTag)
        {
            _part = word == ArgumentsTag ? Part.Arguments : Part.CallId;
            _word.Clear();
            return Hold(character);
        }
        var mayBecomeTag = ArgumentsTag.StartsWith(word, StringComparison.Ordinal) || CallIdTag.StartsWith(word, StringComparison.Ordinal);
        return mayBecomeTag ? Hold(character) : ReaderStep.Refused;
    }

    // The model's own id is dropped: clients get ids that are the same after a continuation elsewhere.
    private ReaderStep PushCallId(char character)
    {
        if (character == '[')
        {
            _word.Clear();
            _part = Part.Tag;
            return Push(character);
        }
        _word.Append(character);
        return _word.Length <= LongestCallId && char.IsAsciiLetterOrDigit(character) ? Hold(character) : ReaderStep.Refused;
    }

    private ReaderStep PushArguments(char character)
    {
        if (_arguments is null)
        {
            if (JsonScanner.IsSpace(character)) return Hold(character);
            if (character != '{') return ReaderStep.Refused;
            _arguments = new JsonScanner();
            _call!.BeginArguments();
        }
        if (!_arguments.Push(character)) return ReaderStep.Refused;
        _call!.AddRaw(character, _arguments.InString);
        Keep(character, isCommitted: true);
        return _arguments.Place == JsonPlace.Done ? ReaderStep.Ended : ReaderStep.More;
    }

    private ReaderStep Hold(char character)
    {
        Held.Append(character);
        return ReaderStep.More;
    }
}
