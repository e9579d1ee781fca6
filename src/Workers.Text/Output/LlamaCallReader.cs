namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>Objects one after the other, separated by whitespace or <c>;</c>, after the opening marker or at the answer's start.</summary>
internal sealed class LlamaCallReader(ParsedOutputBuilder output, IReadOnlySet<string> toolNames) : ToolCallReader(output, toolNames)
{
    public const string Opening = "<|python_tag|>";

    public override ReaderStep Push(char character)
    {
        if (InObject) return PushObject(character) == CallStep.Broken ? ReaderStep.Refused : ReaderStep.More;
        if (character == '{')
        {
            if (IsAfterCall) Held.Clear();
            BeginObject(onlyCallKeys: true);
            return Push(character);
        }
        if (!JsonScanner.IsSpace(character) && !(IsAfterCall && character == ';')) return ReaderStep.Refused;
        Held.Append(character);
        return ReaderStep.More;
    }
}
