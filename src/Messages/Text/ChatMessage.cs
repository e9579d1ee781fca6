namespace LocalAI.Pipeline.Messages.Text;

/// <summary>One message of a conversation, neutral between the APIs.</summary>
public sealed record ChatMessage
{
    /// <summary>Who says it.</summary>
    public required ChatRole Role { get; init; }

    /// <summary>Its text; part arrays are joined by the API. Empty when only tools are called.</summary>
    public required string Content { get; init; }

    /// <summary>The speaker's or tool's name.</summary>
    public string? Name { get; init; }

    /// <summary>For <see cref="ChatRole.Tool"/>: the call that this answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>For <see cref="ChatRole.Assistant"/>: what it thought before.</summary>
    public string? Reasoning { get; init; }

    /// <summary>For <see cref="ChatRole.Assistant"/>: the tools it called.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    /// <summary>What it has besides text, in order; null for text alone.</summary>
    public IReadOnlyList<MediaPart>? Media { get; init; }
}
