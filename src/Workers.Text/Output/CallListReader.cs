namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>What stands between the objects of a JSON list of calls, from behind its opening bracket.</summary>
internal sealed class CallListReader
{
    private bool _closed;

    public CallListStep Push(char character, bool afterCall)
    {
        if (JsonScanner.IsSpace(character)) return CallListStep.Skipped;
        if (_closed) return character == '}' ? CallListStep.OuterEnd : CallListStep.Refused;
        switch (character)
        {
            case '{':
                return CallListStep.Object;
            case ',' when afterCall:
                return CallListStep.Skipped;
            case ']':
                _closed = true;
                return CallListStep.ListEnd;
            default:
                return CallListStep.Refused;
        }
    }
}
