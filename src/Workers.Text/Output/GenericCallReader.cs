namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>The whole answer is one call, or an object whose first key "tool_calls" holds a list of them.</summary>
internal sealed class GenericCallReader(ParsedOutputBuilder output, IReadOnlySet<string> toolNames) : ToolCallReader(output, toolNames)
{
    private const string ListStart = "{\"tool_calls\":[";
    private int _matched;
    private CallListReader? _list;

    public override ReaderStep Push(char character)
    {
        if (_list is not null) return PushList(character, _list);
        if (InObject) return PushSingle(character);
        if (character == ListStart[_matched])
        {
            Held.Append(character);
            if (++_matched == ListStart.Length) _list = new CallListReader();
            return ReaderStep.More;
        }
        if (JsonScanner.IsSpace(character) && !IsInsideKey)
        {
            Held.Append(character);
            return ReaderStep.More;
        }
        return ReplayAsSingle(character);
    }

    private bool IsInsideKey => _matched > 1 && _matched < ListStart.Length - 2;

    private ReaderStep ReplayAsSingle(char character)
    {
        var read = Held.ToString();
        Held.Clear();
        BeginObject(onlyCallKeys: true);
        for (var i = 0; i < read.Length; i++)
        {
            if (PushSingle(read[i]) == ReaderStep.More) continue;
            Held.Append(read, i, read.Length - i);
            return ReaderStep.Refused;
        }
        return PushSingle(character);
    }

    private ReaderStep PushSingle(char character) => PushObject(character) switch
    {
        CallStep.Broken => ReaderStep.Refused,
        CallStep.Done => ReaderStep.Ended,
        _ => ReaderStep.More,
    };

    private ReaderStep PushList(char character, CallListReader list)
    {
        if (InObject) return PushObject(character) == CallStep.Broken ? ReaderStep.Refused : ReaderStep.More;
        switch (list.Push(character, IsAfterCall))
        {
            case CallListStep.Object:
                BeginObject();
                return Push(character);
            case CallListStep.Refused:
                return ReaderStep.Refused;
            case CallListStep.ListEnd when !HasCall:
                return ReaderStep.Refused;
            case CallListStep.OuterEnd:
                return ReaderStep.Ended;
            default:
                if (!HasCall) Held.Append(character);
                return ReaderStep.More;
        }
    }
}
