namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>How calls begin in one format.</summary>
internal sealed class ToolCallSyntax(ToolCallFormat format, ParsedOutputBuilder output, IReadOnlySet<string> toolNames)
{
    /// <summary>Null: calls begin only with the answer.</summary>
    public string? Opening { get; } = format switch
    {
        ToolCallFormat.Hermes => HermesCallReader.Opening,
        ToolCallFormat.Mistral => MistralCallReader.Opening,
        ToolCallFormat.Llama3Json => LlamaCallReader.Opening,
        _ => null,
    };

    public bool HasTools => format != ToolCallFormat.None;

    /// <summary>An object at the answer's start may be a call.</summary>
    public bool AnswerMayBeCall => format is ToolCallFormat.Llama3Json or ToolCallFormat.GenericJson;

    public ToolCallReader NewReader() => format switch
    {
        ToolCallFormat.Hermes => new HermesCallReader(output, toolNames),
        ToolCallFormat.Mistral => new MistralCallReader(output, toolNames),
        ToolCallFormat.Llama3Json => new LlamaCallReader(output, toolNames),
        ToolCallFormat.GenericJson => new GenericCallReader(output, toolNames),
        _ => throw new InvalidOperationException("A request without tools has no calls to read."),
    };
}
