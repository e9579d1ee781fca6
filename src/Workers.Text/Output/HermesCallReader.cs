namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>After the opening marker: one object, then the closing marker, which models forget.</summary>
internal sealed class HermesCallReader(ParsedOutputBuilder output, IReadOnlySet<string> toolNames) : ToolCallReader(output, toolNames)
{
    public const string Opening = "<tool_call>";
    public const string Closing = "</tool_call>";
    private int _closed;

    public override ReaderStep Push(char character)
    {
        if (InObject) return PushObject(character) == CallStep.Broken ? ReaderStep.Refused : ReaderStep.More;
        if (IsAfterCall) return PushClosing(character);
        if (character == '{')
        {
            BeginObject();
            return Push(character);
        }
        if (!JsonScanner.IsSpace(character)) return ReaderStep.Refused;
        Held.Append(character);
        return ReaderStep.More;
    }

    private ReaderStep PushClosing(char character)
    {
        if (character == Closing[_closed])
        {
            Held.Append(character);
            if (++_closed < Closing.Length) return ReaderStep.More;
            Held.Clear();
            return ReaderStep.Ended;
        }
        if (_closed > 0 || !JsonScanner.IsSpace(character)) return ReaderStep.Refused;
        Held.Append(character);
        return ReaderStep.More;
    }
}
