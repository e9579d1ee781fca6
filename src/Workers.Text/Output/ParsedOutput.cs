using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>What one piece of raw text adds to the answer, any part of it empty.</summary>
internal readonly record struct ParsedOutput(string Text, string Reasoning, IReadOnlyList<ToolCallDelta> ToolCalls)
{
    public bool IsEmpty => Text.Length == 0 && Reasoning.Length == 0 && ToolCalls.Count == 0;
}
