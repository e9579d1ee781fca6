namespace LocalAI.Pipeline.Api.Anthropic.Writing;

/// <summary>The kinds of an answer's content blocks.</summary>
internal enum BlockKind
{
    Text,
    Thinking,
    ToolUse,
}
