namespace LocalAI.Pipeline.Messages.Text;

/// <summary>A finished tool call in a conversation's history.</summary>
public sealed record ToolCall
{
    /// <summary>The call's id, unique in the conversation.</summary>
    public required string Id { get; init; }

    /// <summary>The function's name.</summary>
    public required string Name { get; init; }

    /// <summary>The arguments as JSON text.</summary>
    public required string Arguments { get; init; }
}
