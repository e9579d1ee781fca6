using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Anthropic;

/// <summary>The part of a request that decides what the model reads: all of what <c>count_tokens</c> takes.</summary>
internal sealed record PromptRequest
{
    public string? Model { get; init; }

    /// <summary>The conversation, <c>system</c> first.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>What they have besides text.</summary>
    public required MediaList Media { get; init; }

    public IReadOnlyList<ToolDefinition>? Tools { get; init; }

    public ToolChoice? ToolChoice { get; init; }

    public required ThinkingSettings Thinking { get; init; }

    public OutputFormat? Output { get; init; }

    /// <summary>The last message is the assistant's: the answer goes on from it.</summary>
    public bool ContinueFinalMessage => Messages[^1].Role == ChatRole.Assistant;
}
